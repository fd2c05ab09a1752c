// Comfort only: "Read and show" does the same without this file.
"use strict";

// While rows are pasted, the server says what it understands of them; nothing is stored.
const form = document.querySelector("form[data-new-congress]");
const understood = document.getElementById("verstanden");
const said = document.getElementById("gelesen");
let pause, sent = 0;

async function read() {
  const turn = ++sent;
  const fields = new FormData(form);
  fields.set("read", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    if (!answer.ok || answer.redirected || turn !== sent) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("verstanden");
    if (!now || turn !== sent) return;
    understood.replaceChildren(...now.childNodes);
    said.textContent = document.getElementById("summary")?.textContent ?? "";
  } catch {
    // no connection: the button asks again
  }
}

for (const name of ["rows", "day", "last_day", "starts", "ends"]) {
  form.elements[name].addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => form.elements.rows.value.trim() && read(), 400);
  });
}
