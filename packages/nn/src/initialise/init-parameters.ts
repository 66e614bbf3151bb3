import {
  checkNoMore,
  checkOptions,
  didYouMean,
  float32,
  integer,
  IsoconvError,
  type Parameters,
} from "@isoconv/core-spec";
import type { ParameterSpec } from "../parameter.js";
import { schemes, type InitialisationScheme, type SchemeName } from "./scheme.js";

export interface InitOptions {
  /** An integer in [0, 2³²). */
  readonly seed: number;
  /** A name from {@link schemes} or a custom table; `pytorch` by default. */
  readonly scheme?: SchemeName | InitialisationScheme;
}

const SEED = integer({ min: 0, max: 2 ** 32 - 1, doc: "Seed." });

/**
 * New values for the parameters and buffers of a network, by name; constants have the network's value.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for a seed out of range or an unknown scheme
 */
export function initParameters(specs: readonly ParameterSpec[], options: InitOptions, ...none: never[]): Parameters {
  checkOptions(options, { known: { seed: true, scheme: true } }, { op: "initParameters" });
  checkNoMore(none, { op: "initParameters" });
  const seed = SEED.parse(options.seed, { path: "seed" });
  const scheme = findScheme(options.scheme ?? "pytorch");
  return Object.fromEntries(
    specs.map((spec) => {
      const values = spec.kind === "constant" ? spec.value : scheme[spec.kind](spec, seed);
      return [spec.name, float32(spec.shape, values)];
    }),
  );
}

function findScheme(scheme: SchemeName | InitialisationScheme): InitialisationScheme {
  if (typeof scheme !== "string") return scheme;
  if (Object.hasOwn(schemes, scheme)) return schemes[scheme];
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    path: "scheme",
    what: "no such scheme",
    expected: Object.keys(schemes).join(", "),
    received: scheme,
    hint: didYouMean(scheme, Object.keys(schemes)),
  });
}
