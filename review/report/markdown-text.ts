import { shown } from "../picture/markup";

/**
 * A name as inline code, which nothing in it can end: its fence is longer than any run of backticks in it. Line ends
 * and other characters that cannot be shown stand as a replacement character.
 */
export function code(text: string): string {
  const safe = shown(text);
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const air = /^[` ]|[` ]$/.test(safe) || safe === "" ? " " : "";
  return `${fence}${air}${safe}${air}${fence}`;
}

/**
 * A sentence with names in it: nothing of it is Markdown, HTML, a link, a mention of somebody, a reference to an issue
 * or a formula. Characters that could begin one stand as entities, which CommonMark never takes for markup; forges look
 * for mentions and references in what comes out, so these get a space of no width.
 */
export function prose(text: string): string {
  return shown(text).replace(/\s+/g, " ").trim().replace(special, entities);
}

/** What begins a list or a heading at the start of a line, what is markup anywhere, and what forges make links of. */
const special = /^[-+=]|^\d+[.)]|[\\`*_[\]<>&~|$#@]|:(?=\/\/)|\bwww\.|\bGH-(?=\d)/gi;

function entities(found: string): string {
  const last = found.length - 1;
  const breaks = /[#@]|GH-/i.test(found) ? "&#8203;" : "";
  return `${found.slice(0, last)}&#${found.charCodeAt(last)};${breaks}`;
}
