import { useEffect, useState } from "preact/hooks";
import { image, network } from "../../../parts/subject.js";
import { backendA, backendB, chosenChannel, imageKey, networkKey } from "../inside-state.js";
import type { ComparisonResult, LayerResult } from "../inside-tasks.js";
import { pagesTo } from "../maps/maps.js";
import type { Engines } from "../use-engines.js";
import { useTask, type Task } from "../use-task.js";

export interface Layer {
  readonly first: Task<LayerResult>;
  readonly comparison: Task<ComparisonResult>;
  readonly showMore: () => void;
}

/** Computes a node on backend A in its network, then alone on backend B, whenever an input changes. */
export function useLayer(engines: Engines, node: string): Layer {
  const [choice, key] = [network.value, networkKey.value];
  const [input, inputKey] = [image.value, imageKey.value];
  const [a, b] = [backendA.value, backendB.value];
  const base = document.baseURI;
  const subject = JSON.stringify([key, inputKey, node, a]);
  const [more, setMore] = useState({ subject, pages: 1 });
  const pages = Math.max(more.subject === subject ? more.pages : 1, pagesTo(chosenChannel.value));
  // Pages already shown stay when a channel is chosen that needs fewer.
  useEffect(() => setMore({ subject, pages }), [subject, pages]);

  const canRun = input !== undefined && inputKey !== undefined;
  const first = useTask(canRun ? String(pages) : undefined, subject, (context) => {
    if (input === undefined || inputKey === undefined) return Promise.reject(new Error("no image"));
    const given = { key, network: choice, backend: a, base, image: input, imageKey: inputKey, node, pages };
    return engines.a.call("insideLayer", given, context);
  });
  const { result } = first;
  const comparison = useTask(
    result === undefined || first.isBusy || first.isStopped ? undefined : String(pages),
    JSON.stringify([subject, b]),
    (context) => {
      if (result === undefined) return Promise.reject(new Error("nothing to compare with"));
      const { whole, capabilities } = result;
      const given = { key, network: choice, backend: b, base, node, pages, first: { ...whole, capabilities } };
      return engines.b.call("insideComparison", given, context);
    },
  );
  return { first, comparison, showMore: () => setMore({ subject, pages: pages + 1 }) };
}
