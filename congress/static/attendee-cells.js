// Comfort only: without this file the links in the cells lead to the page that does the same. After attendees.js.
"use strict";

// A cell becomes the fields of that page: the same form, the same check, the same answer.
let leave = () => {};

async function pageOf(answer) {
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function formIn(page) {
  return page.querySelector("[name=version]")?.form;
}

function wrongIn(page) {
  const box = page.querySelector(".sum");
  if (!box) return [];
  const words = document.createElement("p");
  words.className = "kern-error";
  words.setAttribute("role", "alert");
  words.textContent = [box.querySelector("h2"), ...box.querySelectorAll("li")].map((each) => each.textContent).join(". ");
  return [words];
}

function edit(link, cell, page, refused) {
  const form = formIn(page);
  const names = link.dataset.correct.split(" ");
  const fields = names.map((name) => form?.elements[name]).filter(Boolean);
  if (!fields.length) return false;
  leave();
  const before = [...cell.childNodes];
  const others = [...form.elements].filter((each) => each.name && !names.includes(each.name));
  for (const each of others) each.type = "hidden";
  // What the cell does not show stays as it is stored now, whoever corrected it meanwhile.
  if (refused) for (const field of fields) field.value = formIn(refused).elements[field.name].value;
  const told = document.createElement("p");
  told.className = "small muted";
  told.textContent = ["told", ...(names.includes("email") ? ["moved"] : [])].map((id) => page.getElementById(id)?.textContent ?? "").join(" ");
  const buttons = form.querySelector(".submit");
  form.className = "in-place";
  form.replaceChildren(...(refused ? wrongIn(refused) : []), ...others, ...fields.map((each) => each.closest(".kern-form-input")), told, buttons);
  cell.replaceChildren(document.adoptNode(form));
  leave = () => {
    leave = () => {};
    cell.replaceChildren(...before);
    link.focus();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
  buttons.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.ariaBusy !== "true") save(link, cell, form);
  });
  fields[0].select();
  fields[0].focus();
  return true;
}

async function save(link, cell, form) {
  form.ariaBusy = "true";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = await pageOf(answer);
    if (!answer.redirected && formIn(page)) {
      const now = await pageOf(await fetch(link.href));
      leave();
      if (!edit(link, cell, now, page)) location.assign(link.href);
    } else if (page.getElementById("list")) {
      stored(link, page);
    } else {
      location.assign(link.href);
    }
  } catch {
    form.submit(); // no connection: the browser says so
  }
}

function stored(link, page) {
  const row = link.dataset.row;
  leave = () => {};
  follow(page);
  const words = page.querySelector("main .note--ok")?.textContent ?? "";
  document.getElementById("found").textContent = words;
  const again = document.getElementById(row)?.querySelector(`[data-correct="${link.dataset.correct}"]`);
  (again ?? document.getElementById("q")).focus();
  const shown = document.createElement("p");
  shown.className = "small muted";
  shown.textContent = words;
  again?.after(shown);
}

document.getElementById("list").addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-correct]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const cell = link.closest("th, td");
  link.dataset.row = cell.parentElement.id;
  try {
    const answer = await fetch(link.href);
    if (!answer.ok || answer.redirected || !edit(link, cell, await pageOf(answer))) location.assign(link.href);
  } catch {
    location.assign(link.href);
  }
});
