import { matrixMermaid, matrixSvg, matrixTable } from "../../../review";
import { view, worldOf3 } from "./worlds";

let mockLoads = 0;
jest.mock("elkjs/lib/elk.bundled.js", () => {
  mockLoads += 1;
  return jest.requireActual("elkjs/lib/elk.bundled.js");
});

test("the layout library is loaded when a picture is drawn, not before: it costs the start of every command", async () => {
  const three = view("t", worldOf3());
  matrixTable(three, { color: false });
  matrixMermaid(three);
  expect(mockLoads).toBe(0);
  await matrixSvg(three);
  expect(mockLoads).toBe(1);
});
