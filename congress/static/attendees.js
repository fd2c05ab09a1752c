// Comfort only: the button "Show" does the same without this file.
"use strict";

// While somebody types or chooses, the list follows, and so does the address.
const form = document.querySelector("form[data-live]");
const status = document.getElementById("found");
let pause, sent = 0;

function follow(page) {
  for (const part of document.querySelectorAll("[data-follows]")) {
    part.replaceChildren(...(page.getElementById(part.id)?.childNodes ?? []));
  }
}

async function show() {
  const turn = ++sent;
  const address = new URL(form.action, location.href);
  for (const [name, value] of new FormData(form)) if (value.trim()) address.searchParams.append(name, value);
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected || turn !== sent) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== sent) return;
    follow(page);
    mark();
    history.replaceState(null, "", address);
    status.textContent = page.getElementById("found")?.dataset.words ?? "";
  } catch {
    // no connection: the button asks again
  }
}

form.elements.q.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(show, 150);
});
for (const choice of form.querySelectorAll("select")) choice.addEventListener("change", show);

// Marks stay while the list is searched, sorted or paged, until something is done with them.
const KEPT = `marked ${location.pathname}`;
const list = document.getElementById("list");
const marked = new Set(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));

function mark() {
  const several = document.getElementById("several");
  if (!several) return;
  const boxes = [...list.querySelectorAll("input[type=checkbox][name=ids]")];
  for (const box of boxes) box.checked ||= marked.has(box.value);
  const here = new Set(boxes.map((box) => box.value));
  for (const hidden of several.querySelectorAll("input[type=hidden][name=ids]")) hidden.remove();
  for (const value of marked) {
    if (here.has(value)) continue;
    several.append(Object.assign(document.createElement("input"), { type: "hidden", name: "ids", value }));
  }
  const many = new FormData(several).getAll("ids").length;
  const said = document.getElementById("marked");
  said.textContent = many ? said.dataset.words.replace("{}", many) : "";
  document.getElementById("unmark").hidden = !many;
}

function keep() {
  sessionStorage.setItem(KEPT, JSON.stringify([...marked]));
}

list.addEventListener("change", (event) => {
  if (event.target.name !== "ids") return;
  marked[event.target.checked ? "add" : "delete"](event.target.value);
  keep();
  mark();
});
list.addEventListener("click", (event) => {
  if (event.target.closest("#unmark") === null) return;
  marked.clear();
  for (const box of list.querySelectorAll("input[type=checkbox][name=ids]")) box.checked = false;
  keep();
  mark();
});
list.addEventListener("submit", () => sessionStorage.removeItem(KEPT));
mark();
