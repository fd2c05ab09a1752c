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

// How many rows are marked, said while somebody marks them.
document.getElementById("list").addEventListener("change", (event) => {
  if (event.target.name !== "ids") return;
  const many = document.querySelectorAll("#list input[name=ids]:checked").length;
  const said = document.getElementById("marked");
  said.textContent = many ? said.dataset.words.replace("{}", many) : "";
});
