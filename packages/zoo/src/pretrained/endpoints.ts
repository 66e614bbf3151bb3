import { IsoconvError } from "@isoconv/core-spec";
import type { PretrainedFile } from "./pretrained-weights.js";

/** Where published files are downloaded, if not at the servers of those who published them. */
export interface Endpoints {
  /** In place of `https://huggingface.co`; by default `HF_ENDPOINT` in Node. */
  readonly huggingFace?: string | undefined;
  /** In place of `https://download.pytorch.org`; by default `ISOCONV_PYTORCH_ENDPOINT` in Node. */
  readonly pytorch?: string | undefined;
}

const ORIGINS = {
  safetensors: { option: "huggingFace", origin: "https://huggingface.co", variable: "HF_ENDPOINT" },
  pth: { option: "pytorch", origin: "https://download.pytorch.org", variable: "ISOCONV_PYTORCH_ENDPOINT" },
} as const satisfies Readonly<Record<PretrainedFile["format"], object>>;

/**
 * The address of a file on a mirror. Without a mirror it is the address of the file.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for a mirror that is no address of a web server
 */
export function mirrorOf({ format, url }: PretrainedFile, endpoints: Endpoints, env: Environment = environment()): URL {
  const { option, origin, variable } = ORIGINS[format];
  const given = endpoints[option];
  const endpoint = given ?? env[variable] ?? "";
  if (endpoint === "") return new URL(url);
  const address = endpoint.replace(/\/*$/, "") + url.slice(origin.length);
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return new URL(address);
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    path: given === undefined ? variable : `options.endpoints.${option}`,
    what: "no address of a server",
    expected: `an address in place of ${origin}`,
    received: endpoint,
  });
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Pages have no variables. */
function environment(): Environment {
  return isNode() ? process.env : {};
}

/** Whether this is Node, or a runtime that is like it; pages may have a `process` of their bundler's. */
export function isNode(): boolean {
  const { process }: { process?: { versions?: { node?: string } } } = globalThis;
  return process?.versions?.node !== undefined;
}
