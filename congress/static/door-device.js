// A device at the doors: reads codes, knows who is expected, and goes on without a connection.
// What it has read is on its disk before anybody is told so, and goes once the server has said that it has it.
"use strict";

const root = document.getElementById("device");
const { name: slug, base, worker } = root.dataset;
const words = JSON.parse(root.dataset.words);
const AT_ONCE = 25; // scans in one request
const EVERY = 3000; // milliseconds between two tries to send and to count
const RENEW = 10 * 60_000; // milliseconds after which the list is loaded anew
const MOST_FOUND = 20;
const MOST_RECENT = 30;
const GOOD = new Set(["came", "again"]);
const THERE = new Set(["came", "again", "elsewhere", "at_once"]);
const TOKEN_LENGTH = 43;
const OTHER_KEYBOARD = { y: "z", z: "y", Y: "Z", Z: "Y", ß: "-", "?": "_" };

const $ = (id) => document.getElementById(id);
let store, device, list, loaded = 0, token = root.querySelector("[name=csrf_token]").value;
let door = MAIN, waiting = [], homeless = new Set(), sending = false, state = "offline", order = 0;
let counts = {}, recent = [], shown, refused = "";

function say(name, ...values) {
  return values.reduce((text, value) => text.replace("{}", value), words[name]);
}

function element(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children.filter(Boolean));
  return made;
}

function button(label, about, act, kind = "primary") {
  const said = element("span", { className: "kern-label" }, label, element("span", { className: "kern-sr-only" }, `: ${about}`));
  const made = element("button", { className: `kern-btn kern-btn--${kind}`, type: "button" }, said);
  made.addEventListener("click", act);
  return made;
}

const time = (moment) => (list ? say("hour", ...list.hour(moment)) : "");

// --- the list

function take(fresh) {
  const before = list;
  list = new DoorList(fresh);
  for (const scan of waiting) if (scan.verdict === "came") list.note(scan);
  if (door === MAIN || list.doors.some((each) => each.id === door)) return;
  const shut = before?.doors.find((each) => each.id === door);
  door = MAIN;
  show({ text: say("shut", shut?.name ?? "") }); // whoever stands there has to know that it is another door now
}

function forget() {
  list = undefined;
  counts = {};
}

async function load() {
  const answer = await post("/device/list", { device, day: "" });
  if (!answer) return;
  token = answer.token;
  refused = answer.refused ?? "";
  loaded = Date.now();
  if (refused) return over(refused);
  await store.setKey(answer.key);
  const fresh = { ...answer, key: undefined, token: undefined, ahead: Date.now() - answer.now, since: Date.now() };
  take(fresh);
  try {
    await store.saveList(fresh);
  } catch {
    alarm("full", homeless.size); // the list is in memory, and the next one may fit
  }
}

// Returns what the server says; nothing where there is no connection or no login.
async function post(part, said, again = true) {
  let answer;
  try {
    answer = await fetch(base + part, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify(said),
    });
  } catch {
    state = "offline";
    return undefined;
  }
  if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 401) {
    state = "loggedOut";
    forget();
    await store.forgetList();
    return undefined;
  }
  if (answer.status === 400 && again && (await renewToken())) return post(part, said, false);
  if (!answer.ok) {
    state = "offline";
    return undefined;
  }
  state = "online";
  return answer.json();
}

// After another login the page that is kept has a token of the one before.
async function renewToken() {
  try {
    const answer = await fetch(`${base}/device`, { redirect: "manual", cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("#device [name=csrf_token]")?.value;
    if (found) token = found;
    return Boolean(found);
  } catch {
    return false;
  }
}

// --- reading

async function read(typed) {
  const said = typed.replace(/\s+/g, "").slice(-TOKEN_LENGTH);
  if (!said) return;
  const readings = [said, said.replace(/[yzYZß?]/g, (letter) => OTHER_KEYBOARD[letter])];
  const digests = await Promise.all(readings.map(async (each) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(each)))));
  const digest = digests.find((each) => list?.byDigest.has(each)) ?? digests[0];
  await scanned({ digest, person: null });
}

async function scanned(whom, letIn = false) {
  if (!list) return show({ text: refused || words.noList });
  const person = list.whose(whom);
  const scan = { uuid: crypto.randomUUID(), order: Date.now() * 1000 + (order++ % 1000), day: list.day, door, ...whom, at: Date.now(), letIn };
  scan.verdict = list.judge(person, door, letIn);
  waiting.push(scan);
  try {
    await store.add(scan);
  } catch {
    homeless.add(scan.uuid);
    alarm("full", homeless.size);
  }
  const before = person?.came[door];
  if (scan.verdict === "came") list.note(scan);
  shown = scan.uuid;
  recent = [{ scan, person, before, outcome: scan.verdict }, ...recent].slice(0, MOST_RECENT);
  show(recent[0]);
  draw();
  send();
}

// --- sending

async function send() {
  if (sending || !device) return;
  sending = true;
  try {
    while (waiting.length && state !== "loggedOut") {
      const batch = waiting.slice(0, AT_ONCE);
      const scans = batch.map(({ uuid, day, door: at, digest, person, at: moment, letIn }) => ({ uuid, day, door: at || null, digest, person, at: moment, letIn }));
      const answer = await post("/device/scans", { device, sentAt: Date.now(), scans });
      if (!answer) break;
      settle(batch, answer.outcomes);
      await store.remove(batch.map((each) => each.uuid));
    }
  } finally {
    sending = false;
    draw();
  }
}

function settle(batch, outcomes) {
  const sent = new Set(batch.map((each) => each.uuid));
  waiting = waiting.filter((each) => !sent.has(each.uuid));
  for (const scan of batch) {
    homeless.delete(scan.uuid);
    const entry = recent.find((each) => each.scan.uuid === scan.uuid);
    const outcome = outcomes[scan.uuid];
    if (THERE.has(outcome)) list?.note(scan);
    if (!entry) continue;
    const isNews = entry.outcome !== outcome;
    Object.assign(entry, { outcome, sent: true });
    if (isNews && shown === scan.uuid) show(entry);
  }
  if (!homeless.size) $("alarm").replaceChildren();
}

async function count() {
  if (!list || state === "loggedOut") return;
  try {
    const answer = await fetch(`${base}/counts?day=${list.day}`, { redirect: "manual", headers: { Accept: "application/json" } });
    if (answer.ok) [counts, state] = [await answer.json(), "online"];
  } catch {
    [counts, state] = [{}, "offline"];
  }
}

// --- showing

function show(entry) {
  const { outcome, person, before, text } = entry;
  const kind = outcome === "came" ? "ok" : GOOD.has(outcome) ? "warn" : "bad";
  const box = element("div", { className: `note note--${kind} stack-s` });
  if (text) box.append(element("p", {}, text));
  else {
    box.append(element("p", {}, element("b", {}, person?.name ?? "")), element("p", { className: "muted" }, person?.organisation ?? ""));
    const moment = before ? ` (${say("since", time(before))})` : "";
    box.append(element("p", {}, words[`outcome_${outcome}`] + moment));
    if (outcome === "not_booked") box.append(...elsewhere(person), button(words.letIn, person.name, () => letIn(entry), "secondary"));
  }
  $("result").replaceChildren(box);
  navigator.vibrate?.(kind === "ok" ? 60 : [120, 80, 120]);
}

function letIn({ scan: { digest, person } }) {
  scanned({ digest, person }, true);
}

function elsewhere(person) {
  const names = list.beside(person, door);
  return names.length ? [element("p", {}, say("elsewhere", names.join(", ")))] : [];
}

function draw() {
  root.dataset.waiting = waiting.length; // for whoever looks from outside
  root.dataset.state = state;
  const about = state === "loggedOut" ? words.loggedOut : state === "online" ? words.online : words.offline;
  const many = waiting.length ? ` ${say("waiting", waiting.length)}` : "";
  const off = list ? Math.round(Math.abs(list.ahead) / 60_000) : 0;
  write("connection", `${state === "online" && many ? "" : about}${many}${off ? ` ${say("clock", off)}` : ""}`);
  write("day", list ? `· ${list.dayName}` : "");
  write("list", list ? say("listed", time(loaded || list.since), list.people.size) : refused || words.noList);
  write("count", list ? (counts[list.code(door)] ?? say("counts", ...list.counted(door))) : "");
  drawDoors();
  $("recent").replaceChildren(...recent.slice(1).map(row));
}

function write(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}

function drawDoors() {
  const doors = list ? [{ id: MAIN, name: words.main }, ...list.doors] : [];
  const key = JSON.stringify([doors.map((each) => each.id), door]);
  if ($("doors").dataset.key === key) return;
  $("doors").dataset.key = key;
  $("doors").replaceChildren(...doors.map((each) => {
    const link = element("a", { href: `#door-${each.id}`, title: each.title ?? "" }, each.name);
    if (each.id === door) link.setAttribute("aria-current", "true");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      door = each.id;
      $("result").replaceChildren();
      search();
      draw();
    });
    return element("li", {}, link);
  }));
}

function row(entry) {
  const { scan, person, outcome, sent } = entry;
  const said = element("div", {}, element("p", {}, element("b", {}, person?.name ?? "")), element("p", { className: "small" }, `${words[`outcome_${outcome}`]}, ${time(scan.at)}`));
  if (sent || sending || outcome !== "came") return element("li", {}, said);
  return element("li", {}, said, button(words.undo, person.name, () => undo(entry), "quiet"));
}

// What the server has not got yet is taken back here alone.
async function undo(entry) {
  if (sending || entry.sent) return draw();
  waiting = waiting.filter((each) => each !== entry.scan);
  recent = recent.filter((each) => each !== entry);
  delete entry.person.came[entry.scan.door];
  await store.remove([entry.scan.uuid]);
  draw();
}

function search() {
  const typed = $("name").value;
  if (!typed.trim() || !list) return $("found").replaceChildren();
  const found = list.find(typed, MOST_FOUND);
  const rows = found.map((person) => {
    const came = person.came[door];
    const said = element("div", {}, element("p", {}, element("b", {}, person.name)), element("p", { className: "muted" }, person.organisation), came && element("p", { className: "small" }, say("since", time(came))));
    const pick = () => {
      $("name").value = "";
      $("found").replaceChildren();
      scanned({ digest: "", person: person.id });
    };
    return element("li", {}, said, !came && button(words.tick, person.name, pick));
  });
  $("found").replaceChildren(...(rows.length ? rows : [element("li", {}, words.none)]));
}

function alarm(name, ...values) {
  $("alarm").replaceChildren(element("p", { className: "note note--bad" }, say(name, ...values)));
}

// --- beginning, and going on

// Its time is over: nothing stays on this device but what the server has not got yet.
async function over(why = words.over) {
  forget();
  await (waiting.length ? store.forgetList() : store.wipe());
  $("alarm").replaceChildren(element("p", { className: "note note--bad" }, why));
}

async function turn() {
  if (list && list.time > list.expires) await over();
  if (navigator.onLine && document.visibilityState === "visible") {
    if (state !== "loggedOut" && ((!list && !refused) || Date.now() - loaded > RENEW) && !sending) await load();
    await send();
    await count();
  }
  draw();
}

async function begin() {
  root.hidden = false;
  if (!window.isSecureContext || !crypto.subtle) return alarm("secure");
  store = await DoorStore.open(slug);
  device = await store.device();
  navigator.storage?.persist?.();
  navigator.serviceWorker?.register(worker, { scope: `${base}/device` });
  waiting = store.key ? await store.scans() : [];
  const kept = await store.list();
  if (kept) take(kept);
  draw();
  await turn();
  setInterval(turn, EVERY);
  for (const event of ["online", "focus"]) addEventListener(event, () => {
    if (state === "loggedOut") state = "offline";
    turn();
  });
}

const camera = new DoorCamera($("camera"), read);
function switched() {
  $("camera").hidden = $("stop").hidden = !camera.isOn;
  $("start").hidden = camera.isOn;
}
$("start").addEventListener("click", () => camera.start().catch(() => alarm("noCamera")).finally(switched));
$("stop").addEventListener("click", () => (camera.stop(), switched()));
$("typed").addEventListener("submit", (event) => {
  event.preventDefault();
  read($("code").value);
  $("code").value = "";
});
$("name").addEventListener("input", search);
$("renew").addEventListener("click", () => load().then(draw));
addEventListener("beforeunload", (event) => homeless.size && event.preventDefault());
document.querySelector('form[action="/logout"]')?.addEventListener("submit", (event) => {
  if (waiting.length && !confirm(say("unsent", waiting.length))) event.preventDefault();
});
begin();
