import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from "yaml";

/** A place in a text file, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Path = readonly (string | number)[];

/**
 * Where the value at a path stands, or its key. For a value that is missing: the key of the map that should hold
 * it.
 */
export function positionOf(document: Document, lines: LineCounter, path: Path, atKey = false): Position {
  let node: unknown = document.contents;
  let start = nodeStart(node) ?? 0;
  let keyStart = start;
  for (const [index, step] of path.entries()) {
    const resolved: unknown = isAlias(node) ? node.resolve(document) : node;
    if (isMap(resolved)) {
      const pair = resolved.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(step),
      );
      if (!pair) {
        start = keyStart;
        break;
      }
      const last = index === path.length - 1;
      node = pair.value;
      keyStart = nodeStart(pair.key) ?? start;
      start = (last && atKey ? undefined : nodeStart(pair.value)) ?? keyStart;
    } else if (isSeq(resolved)) {
      node = resolved.items[Number(step)];
      start = nodeStart(node) ?? start;
      keyStart = start;
    } else break;
  }
  const { line, col } = lines.linePos(start);
  return { line, column: col };
}

function nodeStart(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
