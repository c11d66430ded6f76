// Runs a TypeScript file of this project right after an edit, with no build step to remember: it is bundled
// into node_modules/.cache when a source changed, and taken from there when none did.
// Use: node bin/run.js FILE.ts [ARG...]
const { createHash } = require("node:crypto");
const {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const path = require("node:path");
const { Module } = require("node:module");
const vm = require("node:vm");

const root = path.join(__dirname, "..");
const cacheFolder = path.join(root, "node_modules", ".cache", "aoss-privatelink");

/** Identity of a file's content as far as the file system tells without reading it. */
function stamp(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs}:${found.size}` : "gone";
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Several processes may build at once: a file is written beside and moved into place whole. */
function writeWhole(file, content) {
  const beside = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(beside, content);
  renameSync(beside, file);
}

function isFresh(manifest) {
  return (
    manifest.node === process.version &&
    stamp(path.join(cacheFolder, manifest.bundle)) !== "gone" &&
    Object.entries(manifest.inputs).every(([file, was]) => stamp(path.join(root, file)) === was)
  );
}

function build(entry, base) {
  const started = Date.now();
  // esbuild would keep a process of its own for the next build, which never comes.
  process.env.ESBUILD_WORKER_THREADS = "0";
  const { buildSync } = require("esbuild");
  const result = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["esbuild"],
    metafile: true,
    write: false,
    outfile: `${base}.js`,
    logLevel: "warning",
  });
  // A file that appears can take the place of another, so the folders count too; so does what is installed.
  const own = Object.keys(result.metafile.inputs).filter((file) => !file.startsWith("node_modules/"));
  // The project's own folder does not: state files come and go in it.
  const folders = [...new Set(own.map((file) => path.dirname(file)))].filter((folder) => folder !== ".");
  const around = [
    "package.json",
    "package-lock.json",
    "node_modules/.package-lock.json",
    "tsconfig.json",
    "bin/run.js",
  ];
  const inputs = Object.fromEntries(
    [...own, ...folders, ...around].map((file) => {
      const absolute = path.join(root, file);
      // An edit while esbuild was reading may or may not be in the bundle.
      const edited = (statSync(absolute, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= started;
      return [file, edited ? "edited while building" : stamp(absolute)];
    }),
  );
  const code = Buffer.from(result.outputFiles[0].contents);
  const name = `${base}.${createHash("sha256").update(code).digest("hex").slice(0, 12)}.js`;
  mkdirSync(cacheFolder, { recursive: true });
  sweep(base);
  writeWhole(name, code);
  const manifest = { node: process.version, inputs, bundle: path.basename(name) };
  writeWhole(`${base}.json`, JSON.stringify(manifest));
  return manifest;
}

/** Removes what earlier edits left; not the newest, which another process may be about to load. */
function sweep(base) {
  const hour = 3_600_000;
  for (const name of readdirSync(cacheFolder)) {
    const file = path.join(cacheFolder, name);
    if (!file.startsWith(`${base}.`) || name.endsWith(".json")) continue;
    const found = statSync(file, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > hour) rmSync(file, { force: true });
  }
}

/** The bundle of a TypeScript file, built if a source of it changed. */
function bundleOf(entry) {
  const readable = path.basename(entry).replace(/[^a-zA-Z0-9]+/g, "-");
  const base = path.join(
    cacheFolder,
    `${readable}-${createHash("sha256").update(entry).digest("hex").slice(0, 12)}`,
  );
  const text = read(`${base}.json`);
  const known = text && JSON.parse(text.toString());
  const manifest = known && isFresh(known) ? known : build(entry, base);
  return path.join(cacheFolder, manifest.bundle);
}

/** Loads a bundle with V8's compiled code from the last time: parsing takes longer than running. */
function load(bundle) {
  const source = readFileSync(bundle, "utf8");
  const cacheFile = `${bundle}.${process.version}.cache`;
  const cachedData = read(cacheFile);
  const script = new vm.Script(Module.wrap(source), {
    filename: bundle,
    ...(cachedData ? { cachedData } : {}),
    importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const loaded = new Module(bundle, null);
  loaded.filename = bundle;
  loaded.paths = Module._nodeModulePaths(root);
  script.runInThisContext()(
    loaded.exports,
    Module.createRequire(path.join(root, "package.json")),
    loaded,
    bundle,
    root,
  );
  if (!cachedData || script.cachedDataRejected) {
    process.once("exit", () => {
      try {
        writeWhole(cacheFile, script.createCachedData());
      } catch {
        // Without the cache the next start is slower and nothing else.
      }
    });
  }
  return loaded.exports;
}

/** esbuild has printed what is wrong, and where; a stack trace of this file would only hide it. */
function bundleOrMessage(entry) {
  try {
    return bundleOf(entry);
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    process.exitCode = 1;
    return undefined;
  }
}

module.exports = { load, bundleOf };

if (require.main === module) {
  const [file, ...rest] = process.argv.slice(2);
  if (!file) {
    console.error("error: no file to run\n  bin/run.js\n  use: node bin/run.js FILE.ts [ARG...]");
    process.exitCode = 2;
  } else {
    const entry = path.resolve(file);
    process.argv.splice(1, process.argv.length - 1, entry, ...rest);
    const bundle = bundleOrMessage(entry);
    if (bundle) load(bundle);
  }
}
