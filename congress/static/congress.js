// Comfort only: every page works without this file.
"use strict";

// After a refused form the reader starts at the list of what is missing. Browsers that know "autofocus" on any
// element are there already.
const summary = document.getElementById("fehlerliste");
addEventListener("load", () => {
  if (summary && document.activeElement === document.body) summary.focus();
});

// Suggestions while typing: <input list="…" data-suggest="/address"> asks the address with ?q= and fills its datalist.
for (const input of document.querySelectorAll("input[data-suggest]")) {
  let pause, asked;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    const words = input.value.trim();
    if (words.length < 2 || words === asked) return;
    pause = setTimeout(async () => {
      asked = words;
      const address = new URL(input.dataset.suggest, location.href);
      address.searchParams.set("q", words);
      try {
        const answer = await fetch(address, { headers: { Accept: "application/json" } });
        if (!answer.ok || words !== asked) return;
        const names = await answer.json();
        input.list.replaceChildren(...names.map((name) => new Option(name, name)));
      } catch {
        asked = undefined; // no connection: plain typing goes on
      }
    }, 250);
  });
}
