// Comfort only: to load the page again does the same without this file.
"use strict";

// While mails are written or sent, what the page says of it follows.
const jobs = document.getElementById("jobs");
const EVERY = 5000; // milliseconds

async function follow() {
  if (!("running" in jobs.dataset)) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("jobs");
    // What is the same stays as it is: a screen reader says only what changed.
    if (fresh.innerHTML !== jobs.innerHTML) jobs.replaceChildren(...fresh.childNodes);
    if (!("running" in fresh.dataset)) {
      // What else the page offers may depend on it.
      if ("whole" in jobs.dataset) location.reload();
      delete jobs.dataset.running;
    }
  } catch {
    // no connection: the next look may find it
  }
  setTimeout(follow, EVERY);
}

setTimeout(follow, EVERY);
