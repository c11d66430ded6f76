import { parseAccessFile } from "../../config";
import { goodBackendsFile } from "../support/bad-backend-files";

const unlocked = "useLockfile: false";
const load = (text: string) => parseAccessFile(text, "access.yaml");
const told = (text: string) =>
  load(text).warnings.flatMap(({ position, path, problem }) =>
    problem.includes("locked") ? [`${position?.line}:${position?.column} ${path}: ${problem}`] : [],
  );
const shared = "region: eu-central-1 }\nstacks:";

test("each stack has the backend of all with its name in it, or its own", () => {
  const { stacks } = load(goodBackendsFile).access;
  const s3 = { bucket: "acme-states", region: "eu-central-1", useLockfile: true, encrypt: true };
  expect(Object.fromEntries(Object.entries(stacks).map(([name, { backend }]) => [name, backend]))).toEqual({
    search: { s3: { ...s3, key: "aoss/search.tfstate" } },
    batch: { s3: { ...s3, key: "aoss/batch.tfstate" } },
    partner: { cloud: { organization: "acme", workspaces: { name: "aoss-partner", project: "search" } } },
  });
});

test("a state that nothing locks is warned of, once for all stacks that share it", () => {
  expect(told(goodBackendsFile)).toEqual([]);
  expect(told(goodBackendsFile.replace(shared, shared.replace(" }", `, ${unlocked} }`)))).toEqual([
    "3:94 backend.s3.useLockfile: the state in S3 is not locked: two runs at once may lose what one of them made",
  ]);
});

test("a stack with such a backend of its own is warned of where it says so", () => {
  const http = goodBackendsFile.replace(
    /cloud: .*/,
    'http: { address: "https://state.example.com/{stack}" }',
  );
  expect(told(http)).toEqual([
    "19:7 stacks.partner.backend.http: the state behind a URL is not locked: two runs at once may lose what one of them made",
  ]);
});
