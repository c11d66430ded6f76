/**
 * The script of the page: the filter, and lines that stand out where a box is pointed at. Without it the page
 * shows all. Neither < nor & stand in it, so that the page is well-formed XML, too.
 */
export const pageScript = `
"use strict";
const filter = document.getElementById("filter");
const count = document.getElementById("count");
const rows = Array.from(document.querySelectorAll("tbody tr"), (row) => [row, row.textContent.toLowerCase()]);
const boxes = Array.from(document.querySelectorAll("svg [data-box]"), (box) => [box, box.textContent.toLowerCase()]);
const lines = Array.from(document.querySelectorAll("svg [data-from]"));
const svg = document.querySelector("svg");
function keep(ids) {
  svg.classList.toggle("dimmed", ids !== null);
  const kept = new Set(ids);
  for (const line of lines) {
    const ends = [line.dataset.from, line.dataset.to];
    const on = ids !== null ? ends.some((end) => ids.has(end)) : false;
    line.classList.toggle("kept", on);
    if (on) ends.forEach((end) => kept.add(end));
  }
  for (const [box] of boxes) box.classList.toggle("kept", kept.has(box.dataset.box));
}
function filtered() {
  const words = filter.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
  const fits = (text) => words.every((word) => text.includes(word));
  let shown = 0;
  for (const [row, text] of rows) {
    row.hidden = !fits(text);
    if (!row.hidden) shown += 1;
    for (const more of row.querySelectorAll("details")) more.open = words.length !== 0;
  }
  count.textContent = words.length === 0 ? "" : shown + " of " + rows.length + " rows";
  keep(words.length === 0 ? null : new Set(boxes.filter(([, text]) => fits(text)).map(([box]) => box.dataset.box)));
}
document.getElementById("find").hidden = false;
filter.addEventListener("input", filtered);
for (const [box] of boxes) {
  box.addEventListener("pointerenter", () => keep(new Set([box.dataset.box])));
  box.addEventListener("pointerleave", filtered);
}
`;
