import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api";

/** A box of the left column; where several have the same parent, they stand in it one below the other. */
export interface LeftBox {
  readonly id: string;
  readonly height: number;
  readonly parent?: string;
}

/** A box of the right column, with the rows on its left side at which links arrive. */
export interface RightBox {
  readonly id: string;
  readonly height: number;
  /** By name, the distance from the top of the box. */
  readonly rows: ReadonlyMap<string, number>;
}

export interface Route {
  readonly from: string;
  readonly to: string;
  readonly row: string;
}

export interface Columns {
  readonly left: readonly LeftBox[];
  readonly right: readonly RightBox[];
  readonly routes: readonly Route[];
  readonly leftWidth: number;
  readonly rightWidth: number;
  /** Room in a parent around its boxes. */
  readonly padding: { readonly top: number; readonly sides: number; readonly bottom: number };
}

export interface Place {
  readonly top: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** In pixels, from the top left corner. Boxes of one column stand exactly below one another. */
export interface Layout {
  /** Of boxes and of parents, by id. */
  readonly boxes: ReadonlyMap<string, Place>;
  /** Where the right column begins. */
  readonly rightStart: number;
  readonly height: number;
  /** The bends of each route, in the order given; the first point is on the left box, the last on the right one. */
  readonly routes: readonly (readonly Point[])[];
}

/** Between two lines that leave one box, or run beside one another. */
export const lineGap = 11;
/** Between the columns, where few lines run. */
const leastGutter = 104;
const boxGap = "18";

/**
 * Places boxes and lines by ELK's layered algorithm. Only lines that arrive at the same row of the same box share
 * a way, so that what a line joins can always be told. The same input gives the same layout.
 */
export async function layOut(columns: Columns): Promise<Layout> {
  const { left, right, routes, leftWidth, padding } = columns;
  if (left.length === 0 && right.length === 0) {
    return {
      boxes: new Map(),
      rightStart: leftWidth + leastGutter,
      height: 0,
      routes: [],
    };
  }
  // loaded here since it costs every start of the command otherwise
  const { default: Elk } = await import("elkjs/lib/elk.bundled.js");
  const placed = await new Elk().layout(graphOf(columns));
  const children = placed.children ?? [];
  const boxes = new Map<string, Place>();
  for (const node of children.flatMap((one) => [one, ...(one.children ?? [])])) {
    boxes.set(node.id, { top: node.y ?? 0, height: node.height ?? 0 });
  }
  const elkStart = right[0] && children.find(({ id }) => id === right[0]?.id)?.x;
  const shift = elkStart === undefined ? 0 : Math.max(leftWidth + leastGutter - elkStart, 0);
  const rightStart = (elkStart ?? leftWidth + leastGutter) + shift;
  const lines = routes.map((route, place) => {
    const section = placed.edges?.[place]?.sections?.[0];
    if (!section) throw new Error(`no way from ${route.from} to ${route.to}`);
    // the channel between the columns is as wide as ELK made it; where that is less than the least, in its middle
    const bends = (section.bendPoints ?? []).map(({ x, y }) => ({ x: x + shift / 2, y }));
    // what leaves a parent has a fraction of a pixel between its two halves
    const start = bends[0] ?? section.endPoint;
    return [{ x: leftWidth - padding.sides, y: start.y }, ...bends, { x: rightStart, y: section.endPoint.y }];
  });
  return { boxes, rightStart, height: placed.height ?? 0, routes: lines };
}

function graphOf({ left, right, routes, leftWidth, rightWidth, padding }: Columns): ElkNode {
  const exits = new Map<string, string[]>();
  const edges = routes.map(({ from, to, row }, place): ElkExtendedEdge => {
    const exit = `exit ${place}`;
    const list = exits.get(from);
    if (list) list.push(exit);
    else exits.set(from, [exit]);
    return { id: `route ${place}`, sources: [exit], targets: [`entry ${to} ${row}`] };
  });
  const boxNode = ({ id, height, parent }: LeftBox): ElkNode => ({
    id,
    width: parent === undefined ? leftWidth : leftWidth - 2 * padding.sides,
    height: Math.max(height, ((exits.get(id)?.length ?? 0) + 1) * lineGap),
    layoutOptions: { "elk.portConstraints": "FIXED_SIDE", "elk.spacing.portPort": String(lineGap) },
    ports: (exits.get(id) ?? []).map((id) => ({
      id,
      width: 0,
      height: 0,
      layoutOptions: { "elk.port.side": "EAST" },
    })),
  });
  const parents = [...new Set(left.flatMap(({ parent }) => parent ?? []))];
  return {
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.randomSeed": "1",
      "elk.hierarchyHandling": "INCLUDE_CHILDREN",
      "elk.edgeRouting": "ORTHOGONAL",
      "elk.partitioning.activate": "true",
      "elk.padding": "[top=0,left=0,bottom=0,right=0]",
      "elk.spacing.nodeNode": boxGap,
      "elk.spacing.componentComponent": boxGap,
      "elk.separateConnectedComponents": "false",
      "elk.layered.spacing.edgeEdgeBetweenLayers": String(lineGap),
      "elk.layered.spacing.edgeNodeBetweenLayers": "22",
      "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
      "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
      "elk.json.shapeCoords": "ROOT",
      "elk.json.edgeCoords": "ROOT",
    },
    children: [
      ...parents.map((parent) => ({
        id: parent,
        layoutOptions: {
          "elk.partitioning.partition": "0",
          "elk.padding": `[top=${padding.top},left=${padding.sides},bottom=${padding.bottom},right=${padding.sides}]`,
          "elk.spacing.nodeNode": "10",
        },
        children: left.filter((box) => box.parent === parent).map(boxNode),
      })),
      ...left.filter(({ parent }) => parent === undefined).map((box) => inColumn(boxNode(box), "0")),
      ...right.map(({ id, height, rows }) => ({
        id,
        width: rightWidth,
        height,
        layoutOptions: { "elk.partitioning.partition": "1", "elk.portConstraints": "FIXED_POS" },
        ports: [...rows].map(([row, y]) => ({
          id: `entry ${id} ${row}`,
          x: 0,
          y,
          width: 0,
          height: 0,
          layoutOptions: { "elk.port.side": "WEST" },
        })),
      })),
    ],
    edges,
  };
}

const inColumn = (node: ElkNode, partition: string): ElkNode => ({
  ...node,
  layoutOptions: { ...node.layoutOptions, "elk.partitioning.partition": partition },
});
