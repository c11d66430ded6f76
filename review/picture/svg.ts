import { type AccessPicture, accessPicture } from "./access-picture";
import { boxesOf, leftWidth, type PictureBoxes, widths } from "./boxes";
import { description } from "./description";
import { doubtOn } from "./doubted";
import { type Layout, layOut } from "./layout";
import { legend } from "./legend";
import { element, escaped } from "./markup";
import { leftBox, targetBoxes, vpcBox } from "./svg-boxes";
import { footer, heading, margin } from "./svg-frame";
import { svgStyle } from "./svg-style";
import { wayLines } from "./svg-ways";
import type { MatrixView } from "./view";

/** What is readable on a screen: more boxes are folded, more lines than these cannot be followed. */
const limits = { entrances: 30, targets: 40, links: 180 };

/**
 * The matrix as one SVG picture that needs nothing else: endpoints in their VPCs with the sources they let in on
 * the left, collections on the right, lines from who gets in to what is reached. The same matrix gives the same
 * bytes.
 */
export async function matrixSvg(view: MatrixView): Promise<string> {
  return `${await pictureSvg(view, { heading: true })}\n`;
}

/** What the picture shows. */
export const svgPicture = (view: MatrixView): AccessPicture =>
  accessPicture(view.matrix, limits, doubtOn(view));

/** The picture; without title and footer where a page around it has them, which may hold several by their ids. */
export async function pictureSvg(
  view: MatrixView,
  options: { readonly heading: boolean; readonly id?: string; readonly picture?: AccessPicture },
): Promise<string> {
  const { title, matrix, notSeen = [] } = view;
  const { id = "reach", picture = svgPicture(view) } = options;
  const boxes = boxesOf(picture, matrix);
  const layout = await layOut(columnsOf(picture, boxes));
  const width = Math.ceil(2 * margin + layout.rightStart + widths.target);
  const head = heading(options.heading ? { title, matrix } : undefined, width, layout.rightStart);
  const keys = legend(
    picture,
    { left: margin, top: head.height + layout.height + 30, width: width - 2 * margin },
    // a page around the picture has tables below it
    options.heading ? "the HTML page" : "the table",
  );
  const foot = footer(options.heading ? notSeen : [], head.height + layout.height + 36 + keys.height, width);
  const height = Math.ceil(head.height + layout.height + 36 + keys.height + foot.height + margin);
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
      "font-family": "Helvetica, Arial, 'Liberation Sans', sans-serif",
    },
    ...[
      element("title", { id: `${id}-title` }, escaped(title)),
      element("desc", { id: `${id}-desc` }, escaped(description(picture, matrix))),
      element("style", {}, svgStyle),
      element("rect", { class: "page", width, height }),
      head.markup,
      element(
        "g",
        { transform: `translate(${margin} ${head.height})` },
        ...drawn(picture, boxes, layout).map((line) => `\n${line}`),
      ),
      keys.markup,
      foot.markup,
    ].map((part) => `\n${part}`),
    "\n",
  );
}

function columnsOf({ links }: AccessPicture, { vpcs: _, ...boxes }: PictureBoxes) {
  const idOf = new Map([...boxes.left, ...boxes.right].map(({ key, id }) => [key, id]));
  return {
    left: boxes.left.map(({ id, box, sources, vpc }) => ({
      id,
      height: Math.max(box.height, sources?.height ?? 0),
      ...(vpc === undefined ? {} : { parent: vpc }),
    })),
    right: boxes.right.map(({ id, box }) => ({
      id,
      height: box.height,
      rows: new Map(box.rows.map(({ row, y }) => [row, y])),
    })),
    routes: links.map(({ from, to, row }) => ({ from: idOf.get(from) ?? "", to: idOf.get(to) ?? "", row })),
    leftWidth,
    rightWidth: widths.target,
    padding: { top: 32, sides: widths.padding, bottom: widths.padding },
  };
}

/** Lines lie on the boxes of VPCs, and under what stands in them. */
function drawn({ links }: AccessPicture, { vpcs, left, right }: PictureBoxes, layout: Layout): string[] {
  const idOf = new Map([...left, ...right].map(({ key, id }) => [key, id]));
  const ways = links.map(({ from, to, row, some }, place) => ({
    from: idOf.get(from) ?? "",
    to: idOf.get(to) ?? "",
    row,
    some,
    points: layout.routes[place] ?? [],
  }));
  return [
    ...vpcs.flatMap((vpc) => placed(layout, vpc.id, (place) => vpcBox(vpc, place))),
    ...wayLines(ways),
    ...left.flatMap((one) => placed(layout, one.id, (place) => leftBox(one, place))),
    ...right.flatMap((one) => placed(layout, one.id, (place) => targetBoxes(one, place, layout.rightStart))),
  ];
}

function placed<Drawn>(
  { boxes }: Layout,
  id: string,
  draw: (place: { readonly top: number; readonly height: number }) => Drawn,
): Drawn[] {
  const place = boxes.get(id);
  return place ? [draw(place)] : [];
}
