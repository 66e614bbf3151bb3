import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  formatShape,
  graphFromJson,
  IsoconvError,
  isIsoconvError,
  isRecord,
  messageOf,
  type Graph,
} from "@isoconv/core-spec";
import { graphParameters, type ParameterSpec, type TracedModule } from "@isoconv/nn";
import { ownModel, type ImageSize, type Model } from "@isoconv/zoo";

/** What the command line asks of a network. */
export interface WantedNetwork extends Partial<ImageSize> {
  readonly classes?: number;
  readonly features?: readonly string[];
}

/**
 * Whether a name is the path of a graph's JSON or of a module. Names of the zoo have slashes too, but no file
 * extensions, and start with a letter.
 */
export function isOwnNetwork(name: string): boolean {
  return /^(\.{0,2}[/\\]|[A-Za-z]:)|\.(json|[cm]?[jt]s)$/.test(name);
}

/**
 * The network of a file: a graph as `graphToJson` writes it, or a module that exports `network`, which is what `trace`
 * returns or a function of `{ channels, height, width, classes }` that returns it.
 *
 * @throws IsoconvError `INVALID_GRAPH` for a file that has no network, `INVALID_ATTRIBUTE` or `INVALID_SHAPE` for a
 *   network that is not the wanted one
 */
export async function readOwnNetwork(path: string, { features, ...wanted }: WantedNetwork): Promise<Model> {
  const traced = await naming(path, () => (path.endsWith(".json") ? readGraph(path) : readModule(path, wanted)));
  const model = ownModel(traced, features === undefined ? {} : { features });
  checkWanted(path, model, wanted);
  return model;
}

/** Errors about the contents of a file name the file. */
async function naming<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isIsoconvError(error) || error.path === path) throw error;
    throw new IsoconvError(error.code, { path, what: error.message.replace(`${error.code}: `, ""), cause: error });
  }
}

async function readGraph(path: string): Promise<TracedModule> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw invalid(path, `the file cannot be read: ${messageOf(cause)}`, "a graph that graphToJson wrote", cause);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(path, `not JSON: ${messageOf(cause)}`, "a graph that graphToJson wrote", cause);
  }
  const graph = graphFromJson(json);
  return { graph, parameters: graphParameters(graph), modules: modulesOf(graph) };
}

/** The modules that traced the nodes, by the dots in their names: each returns the value of its last node. */
function modulesOf({ nodes }: Graph): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  for (const { name } of nodes) {
    const parts = name.split(".");
    for (let depth = 1; depth <= parts.length; depth += 1) modules.set(parts.slice(0, depth).join("."), name);
  }
  return modules;
}

const MODULE = "a module that exports network: what trace of @isoconv/nn returns, or a function that returns it";

async function readModule(path: string, wanted: Omit<WantedNetwork, "features">): Promise<TracedModule> {
  const exported = await importModule(path);
  const network: unknown = exported["network"] ?? exported["default"];
  if (network === undefined) throw invalid(path, "the module exports no network", MODULE);
  const traced: unknown = isFunction(network) ? await call(path, network, wanted) : network;
  if (!isTraced(traced)) throw invalid(path, "the module exports no network", MODULE);
  // Validates graphs that were not built by the builder.
  return { ...traced, graph: graphFromJson({ format: "isoconv-graph", version: 1, ...traced.graph }) };
}

async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return { ...((await import(pathToFileURL(resolve(path)).href)) as object) };
  } catch (cause) {
    if (isIsoconvError(cause)) throw cause;
    const isTypeScript = isRecord(cause) && cause["code"] === "ERR_UNKNOWN_FILE_EXTENSION";
    throw new IsoconvError("INVALID_GRAPH", {
      path,
      what: `the module cannot be imported: ${messageOf(cause)}`,
      hint: isTypeScript ? "Compile it to JavaScript, or use Node 22.18 or later" : undefined,
      cause,
    });
  }
}

async function call(
  path: string,
  network: (wanted: object) => unknown,
  wanted: Omit<WantedNetwork, "features">,
): Promise<unknown> {
  try {
    return await network(wanted);
  } catch (cause) {
    if (isIsoconvError(cause)) throw cause;
    throw invalid(path, `the module's network throws: ${messageOf(cause)}`, MODULE, cause);
  }
}

function isFunction(value: unknown): value is (wanted: object) => unknown {
  return typeof value === "function";
}

function isTraced(value: unknown): value is TracedModule {
  if (!isRecord(value)) return false;
  const { graph, parameters, modules } = value;
  return isRecord(graph) && Array.isArray(graph["nodes"]) && isSpecs(parameters) && modules instanceof Map;
}

function isSpecs(parameters: unknown): parameters is readonly ParameterSpec[] {
  return Array.isArray(parameters) && parameters.every((spec) => isRecord(spec) && Array.isArray(spec["shape"]));
}

/** A network that is no function of its size, or ignores it, has to have the size already. */
function checkWanted(path: string, model: Model, { classes, ...image }: Omit<WantedNetwork, "features">): void {
  const [, channels, height, width] = model.inputShape;
  const own = { channels, height, width };
  for (const key of ["channels", "height", "width"] as const) {
    if (image[key] === undefined || image[key] === own[key]) continue;
    throw new IsoconvError("INVALID_SHAPE", {
      node: model.name,
      path: "--input",
      what: `the network of ${path} takes other images`,
      expected: formatShape(model.inputShape),
      received: `${key} ${image[key]}`,
      hint: "A module may export a function of { channels, height, width, classes }, for any size",
    });
  }
  if (classes === undefined || classes === model.classes) return;
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    node: model.name,
    path: "--classes",
    what: `the network of ${path} has another number of classes`,
    expected: `${model.classes}`,
    received: classes,
    hint: "A module may export a function of { channels, height, width, classes }, for any number",
  });
}

function invalid(path: string, what: string, expected: string, cause?: unknown): IsoconvError {
  return new IsoconvError("INVALID_GRAPH", { path, what, expected, ...(cause === undefined ? {} : { cause }) });
}
