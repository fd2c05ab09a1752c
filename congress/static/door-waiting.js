// Scans of devices at the doors that this browser has not sent yet: logging out would lose them, so it is said before.
"use strict";

const BEGINS = "door-"; // what the databases of devices are called, each followed by the name of an event
const leaving = document.querySelector('form[action="/logout"]');
const unsent = document.getElementById("unsent");

function answer(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// How many wait, of one event or of all; none where the browser keeps nothing or cannot say.
async function waiting(event = "") {
  let many = 0;
  try {
    for (const { name } of await indexedDB.databases()) {
      if (event ? name !== BEGINS + event : !name.startsWith(BEGINS)) continue;
      const database = await answer(indexedDB.open(name));
      many += await answer(database.transaction("scans").objectStore("scans").count());
      database.close();
    }
  } catch {
    // nothing is known of any
  }
  return many;
}

leaving?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const many = await waiting();
  if (!many || confirm(leaving.dataset.unsent.replace("{}", many))) leaving.submit();
});

async function say() {
  const many = await waiting(unsent.dataset.name);
  const words = unsent.querySelector("[data-words]");
  words.textContent = words.dataset.words.replace("{}", many);
  unsent.hidden = !many;
}

if (unsent) {
  say();
  addEventListener("focus", say);
}
