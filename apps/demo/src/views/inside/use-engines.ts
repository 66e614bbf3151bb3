import { useEffect, useMemo } from "preact/hooks";
import { Engine } from "../../engine/engine.js";

/** The workers of the view: one for the architecture and one for each of the two backends. */
export interface Engines {
  readonly plan: Engine;
  readonly a: Engine;
  readonly b: Engine;
}

/** Engines that are ended when the component is unmounted. */
export function useEngines(): Engines {
  const engines = useMemo((): Engines => ({ plan: new Engine(), a: new Engine(), b: new Engine() }), []);
  useEffect(
    () => () => {
      for (const engine of [engines.plan, engines.a, engines.b]) engine.end();
    },
    [engines],
  );
  return engines;
}
