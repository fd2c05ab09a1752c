// Comfort only: "Move" below each item leads to a form that does the same without this file.
"use strict";

// An item is lifted with the mouse or by M, has a place (table of a day, minutes of it, column), and is dropped by
// sending the same form. What happens is said in #moving-now, in the sentences that stand there.
const form = document.getElementById("moving");
const said = document.getElementById("moving-now");
const words = { ...said.dataset };
const tables = [...document.querySelectorAll(".rooms[data-day]")];
const STEP = 5, HOUR = 60, LAST_MINUTE = 24 * 60 - 1, FAR = 6, EDGE = 40, SCROLL = 24, READ = 6000;
let lifted, press, dragged = false;

const heads = (table) => [...table.tHead.rows[0].cells].filter((head) => "room" in head.dataset);
const starts = (row) => Number(row.dataset.times.split(" ")[0]);
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const clock = (minutes) =>
  fill(words.clock, { hours: Math.floor(minutes / HOUR) % 24, minutes: String(minutes % HOUR).padStart(2, "0") });

function where({ table, minutes, column }) {
  const ends = minutes + Number(lifted.item.dataset.length);
  const room = heads(table)[column].dataset.name;
  return fill(words.where, { day: table.dataset.name, starts: clock(minutes), ends: clock(ends), room });
}

function say(sentence) {
  said.textContent = fill(sentence, { title: lifted.item.querySelector("b").textContent, where: where(lifted.at) });
}

// The cell that a place lies in: the last row that has begun by then.
function cell({ table, minutes, column }) {
  const rows = [...table.tBodies[0].rows];
  const row = rows.findLast((each) => starts(each) <= minutes) ?? rows[0];
  return row.cells[row.cells.length > 2 ? column : 1] ?? row.cells[1];
}

function mark(at) {
  for (const each of document.querySelectorAll(".is-target")) each.classList.remove("is-target");
  if (at) cell(at).classList.add("is-target");
}

function within(at) {
  const { from, until } = at.table.dataset;
  const last = Math.min(Number(until) - Number(lifted.item.dataset.length), LAST_MINUTE);
  return { ...at, minutes: Math.max(Number(from), Math.min(at.minutes, last)) };
}

function lift(item) {
  const table = item.closest("table");
  const column = heads(table).findIndex((head) => head.dataset.room === item.dataset.room);
  const at = { table, minutes: starts(item.closest("tr")), column: Math.max(column, 0) };
  lifted = { item, home: at, at };
  item.classList.add("is-lifted");
  said.classList.add("is-shown");
  mark(at);
}

function move(wanted) {
  const at = within(wanted), before = lifted.at;
  lifted.at = at;
  mark(at);
  return at.table !== before.table || at.minutes !== before.minutes || at.column !== before.column;
}

function let_go() {
  lifted.item.classList.remove("is-lifted");
  mark();
  lifted = press = undefined;
}

function put_back() {
  lifted.at = lifted.home;
  say(words.back);
  said.classList.remove("at-pointer");
  let_go();
  setTimeout(() => lifted || (said.textContent = ""), READ);
}

function drop() {
  const { item, home, at } = lifted;
  if (at.table === home.table && at.minutes === home.minutes && at.column === home.column) return put_back();
  form.action = item.closest(".piece").querySelector(".move").href;
  form.elements.version.value = item.dataset.version;
  form.elements.day.value = at.table.dataset.day;
  form.elements.starts.value = `${Math.floor(at.minutes / HOUR)}:${String(at.minutes % HOUR).padStart(2, "0")}`;
  form.elements.room.value = heads(at.table)[at.column].dataset.room;
  let_go();
  form.submit();
}

// Keyboard
const KEYS = /^(Arrow(Up|Down|Left|Right)|Page(Up|Down)|Enter|Escape|Tab)$/;

function steer(event) {
  if (!KEYS.test(event.key)) return;
  const { at } = lifted, far = event.shiftKey ? HOUR : STEP;
  const column = (by) => Math.max(0, Math.min(at.column + by, heads(at.table).length - 1));
  const table = (by) => tables[tables.indexOf(at.table) + by] ?? at.table;
  const steps = {
    ArrowUp: () => ({ ...at, minutes: at.minutes - far }),
    ArrowDown: () => ({ ...at, minutes: at.minutes + far }),
    ArrowLeft: () => ({ ...at, column: column(-1) }),
    ArrowRight: () => ({ ...at, column: column(1) }),
    PageUp: () => ({ ...at, table: table(-1) }),
    PageDown: () => ({ ...at, table: table(1) }),
  };
  if (event.key in steps) {
    say(move(steps[event.key]()) ? "{where}" : words.edge);
    cell(lifted.at).scrollIntoView({ block: "nearest", inline: "nearest" });
  } else if (event.key === "Enter") drop();
  else put_back();
  if (event.key !== "Tab") event.preventDefault();
}

addEventListener("keydown", (event) => {
  if (lifted) return steer(event);
  if (event.key.toLowerCase() !== "m" || event.ctrlKey || event.altKey || event.metaKey) return;
  const item = event.target.closest?.(".rooms[data-day] .piece")?.querySelector(".item");
  if (!item) return;
  event.preventDefault();
  item.focus();
  lift(item);
  say(words.lifted);
});

// Mouse. On a narrow page the plan is a list, in which there is nowhere to drag to.
function under(x, y) {
  const table = tables.find((each) => {
    const box = each.getBoundingClientRect();
    return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
  });
  if (!table) return undefined;
  const rows = [...table.tBodies[0].rows];
  const row = rows.find((each) => y <= each.getBoundingClientRect().bottom) ?? rows.at(-1);
  const box = row.getBoundingClientRect(), times = row.dataset.times.split(" ").map(Number);
  const line = Math.floor(Math.max(0, Math.min((y - box.top) / box.height, 0.999)) * times.length);
  const over = heads(table).findIndex((head) => x <= head.getBoundingClientRect().right);
  // What is dragged straight up or down stays in its room, also where it lies across all of them.
  const column = over < 1 || over === press.column ? lifted.home.column : over;
  return { table, minutes: times[line], column };
}

addEventListener("pointerdown", (event) => {
  dragged = false;
  if (lifted && !press) put_back();
  const item = event.target.closest?.(".rooms[data-day] .item");
  if (!item || event.button || event.pointerType === "touch") return;
  const table = item.closest("table");
  if (getComputedStyle(table).display !== "table") return;
  const column = heads(table).findIndex((head) => event.clientX <= head.getBoundingClientRect().right);
  press = { item, column, x: event.clientX, y: event.clientY };
});

addEventListener("pointermove", (event) => {
  if (!press) return;
  const { clientX: x, clientY: y } = event;
  if (!lifted) {
    if (Math.hypot(x - press.x, y - press.y) < FAR) return;
    lift(press.item);
    dragged = true;
    said.classList.add("at-pointer");
  }
  const edge = (at, size) => (at < EDGE ? -SCROLL : at > size - EDGE ? SCROLL : 0);
  scrollBy(0, edge(y, innerHeight));
  lifted.item.closest(".scroll").scrollBy(edge(x, innerWidth), 0);
  said.style.setProperty("transform", `translate(${Math.min(x + 12, innerWidth - 260)}px, ${y + 16}px)`);
  const at = under(x, y);
  if (at && move(at)) say("{where}");
});

addEventListener("pointerup", (event) => {
  if (press && lifted) {
    if (under(event.clientX, event.clientY)) drop();
    else put_back();
  }
  press = undefined;
  setTimeout(() => (dragged = false)); // after the click that follows
});
addEventListener("click", (event) => dragged && event.preventDefault(), true); // what was dragged is not opened
addEventListener("pointercancel", () => {
  if (press && lifted) put_back();
  press = undefined;
});
addEventListener("dragstart", (event) => press && event.preventDefault());

// Where an item was just moved to, whoever moved it goes on.
document.getElementById("moving-help").hidden = !tables.length;
for (const item of document.querySelectorAll(".rooms[data-day] .item")) item.setAttribute("aria-keyshortcuts", "M");
const moved = location.hash.startsWith("#item-") && document.getElementById(location.hash.slice(1));
const done = document.querySelector(".note--ok[role=status]");
if (moved && done) {
  moved.focus();
  setTimeout(() => done.replaceChildren(done.textContent), 300); // said again, as it was there before the page was read
}
