/**
 * The script of the page: the filter, and lines that stand out where a box is pointed at. Without it the page
 * shows all. Neither < nor & stand in it, so that the page is well-formed XML, too.
 */
export const pageScript = `
"use strict";
const filter = document.getElementById("filter");
const count = document.getElementById("count");
const rows = Array.from(document.querySelectorAll("tbody tr"), (row) => [row, row.textContent.toLowerCase()]);
const svg = document.querySelector("svg");
const boxes = svg.querySelectorAll("[data-box]");
const frames = svg.querySelectorAll("[data-holds]");
const bundles = svg.querySelectorAll(".ways");
const lines = svg.querySelectorAll("[data-from]");
// boxes by id; nothing: all; a line stays where joins says so of its ends
function keep(ids, joins) {
  svg.classList.toggle("dimmed", ids !== null);
  const kept = new Set(ids);
  for (const line of lines) {
    const { from, to } = line.dataset;
    const on = ids === null ? false : joins(from, to);
    line.classList.toggle("kept", on);
    if (on) kept.add(from).add(to);
  }
  for (const bundle of bundles) bundle.classList.toggle("kept", bundle.querySelector(".kept") !== null);
  for (const box of boxes) box.classList.toggle("kept", kept.has(box.dataset.box));
  for (const frame of frames) frame.classList.toggle("kept", frame.dataset.holds.split(" ").some((id) => kept.has(id)));
}
function filtered() {
  const words = filter.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
  const own = new Set();
  const ways = new Set();
  let shown = 0;
  for (const [row, text] of rows) {
    row.hidden = !words.every((word) => text.includes(word));
    for (const more of row.querySelectorAll("details")) more.open = words.length !== 0;
    if (row.hidden) continue;
    shown += 1;
    if (row.dataset.own) own.add(row.dataset.own);
    for (const way of (row.dataset.ways || "").split(" ")) ways.add(way);
  }
  count.textContent = words.length === 0 ? "" : shown + " of " + rows.length + " rows";
  keep(words.length === 0 ? null : own, (from, to) => ways.has(from + "-" + to));
}
document.getElementById("find").hidden = false;
filter.addEventListener("input", filtered);
for (const box of boxes) {
  const id = box.dataset.box;
  box.addEventListener("pointerenter", () => keep(new Set([id]), (from, to) => from === id || to === id));
  box.addEventListener("pointerleave", filtered);
}
`;
