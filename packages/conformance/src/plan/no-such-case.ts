import { IsoconvError, nearestName } from "@isoconv/core-spec";
import type { Case } from "./case.js";
import { matchesAny } from "./glob.js";

/** The error for a glob or an id that matches no case; its hint has the nearest glob. */
export function noSuchCase(path: string, glob: string, cases: readonly Case[]): IsoconvError {
  const nearest = nearestGlob(
    glob,
    cases.map(({ id }) => id),
  );
  return new IsoconvError("INVALID_ATTRIBUTE", {
    path,
    what: "no case matches",
    expected: "the id of a case, or a glob of ids such as op/conv2d/**",
    received: glob,
    hint:
      nearest === undefined ? "--list prints the ids; a larger --budget plans more cases" : `Did you mean ${nearest}?`,
  });
}

/** The glob with every unknown segment replaced by the nearest known one, if ids then match. */
function nearestGlob(glob: string, ids: readonly string[]): string | undefined {
  const segments = glob.split("/");
  for (const [k, segment] of segments.entries()) {
    const begun = [...segments.slice(0, k + 1), "**"].join("/");
    if (ids.some((id) => matchesAny([begun, segments.slice(0, k + 1).join("/")], id))) continue;
    const before = segments.slice(0, k);
    // After `**` the position of a segment is unknown.
    if (before.includes("**")) return undefined;
    const siblings = ids
      .map((id) => id.split("/"))
      .filter((parts) => matchesAny([before.join("/")], parts.slice(0, k).join("/")))
      .flatMap((parts) => parts.slice(k, k + 1));
    const nearest = nearestName(segment.replaceAll("*", ""), [...new Set(siblings)]);
    if (nearest === undefined) return undefined;
    const meant = segments.with(k, nearest).join("/");
    return ids.some((id) => matchesAny([meant], id)) ? meant : nearestGlob(meant, ids);
  }
  return undefined;
}
