// Comfort only: loading the page again shows the same counts.
"use strict";

// Several devices tick off at once, so the counts of all doors follow while somebody looks at them.
const SECONDS = 4;
const address = document.querySelector("[data-counts]").dataset.counts;

async function count() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const counts = await answer.json();
    for (const shown of document.querySelectorAll("[data-count]")) {
      const said = counts[shown.dataset.count];
      if (said && said !== shown.textContent) shown.textContent = said;
    }
  } catch {
    // no connection: the next time
  }
}

setInterval(count, SECONDS * 1000);
document.addEventListener("visibilitychange", count);

// A scanner types over what could not be read.
document.getElementById("code")?.addEventListener("focus", (event) => event.target.select());
