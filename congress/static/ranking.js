// Comfort only: ranking works without this file.
"use strict";

// A number is given once: whoever chooses one that is taken moves the other one on, and that the next.
for (const ranking of document.querySelectorAll("fieldset[data-ranking]")) {
  const status = ranking.querySelector("[role=status]");
  const selects = [...ranking.querySelectorAll(".pick--rank select")];
  const name = (select) => `${select.labels[0].textContent.trim()}: ${select.selectedOptions[0].textContent}`;
  for (const chosen of selects) {
    chosen.addEventListener("change", () => {
      const moved = [];
      let latest = chosen;
      while (latest.value) {
        const other = selects.find((each) => each !== latest && !moved.includes(each) && each.value === latest.value);
        if (!other || other === chosen) break;
        const next = Number(other.value) + 1;
        other.value = next > selects.length ? "" : String(next);
        moved.push(other);
        latest = other;
      }
      status.textContent = moved.map(name).join(". ");
    });
  }
}
