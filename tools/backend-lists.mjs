/**
 * Prints the hand-kept lists of backends: files that name four or more as literals. There is to be one, the table. Tests
 * may name any number as examples, but no four within ten lines. Prose, reports and generated files do not count.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const MOST = 3;
/** Lines of a test that are looked at together. */
const WINDOW = 10;
/** What is written from the table, or by a run. */
const isWritten = (path) =>
  /^reports\/data\/|^packages\/backends\/src\/(node|page)\.ts$|^benchmarks\/agreement\.json$|^package-lock\.json$/.test(
    path,
  );

/** Each file of the repository with the backends that it names, where they are more than three. */
export function backendLists() {
  const table = readFileSync(`${root}/packages/backends/src/table.ts`, "utf8");
  const names = [...table.matchAll(/\bid: "([^"]+)",[^}]*\bmodule: "([^"]+)"/g)].map(([, id, module]) => ({
    id,
    module,
  }));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  return files
    .split("\n")
    .filter((path) => /\.(ts|tsx|js|mjs|json)$/.test(path) && !isWritten(path))
    .flatMap((path) => {
      const named = partsOf(path)
        .map(literals)
        .map((words) => names.filter(({ id, module }) => words.has(id) || words.has(module)).map(({ id }) => id))
        .find((ids) => ids.length > MOST);
      return named === undefined ? [] : [{ path, named }];
    });
}

/** What is looked at together: a file, or every few successive lines of a test. */
function partsOf(path) {
  const text = read(path);
  if (!path.endsWith(".test.ts")) return [text];
  const lines = text.split("\n");
  return lines.map((_, at) => lines.slice(at, at + WINDOW).join("\n"));
}

/** The strings of a source, and the parts of those that list something between commas. */
function literals(source) {
  const texts = [...source.matchAll(/(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1/g)].map(([, , text]) => text);
  return new Set(texts.flatMap((text) => text.split(/,\s*/)));
}

function read(path) {
  try {
    return readFileSync(`${root}/${path}`, "utf8");
  } catch {
    // Deleted, and not committed yet.
    return "";
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const lists = backendLists();
  console.log(`${lists.length} hand-kept ${lists.length === 1 ? "list" : "lists"} of backends`);
  for (const { path, named } of lists) console.log(`${path}: ${named.join(", ")}`);
}
