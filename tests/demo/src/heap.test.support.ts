import type { Page } from "playwright";

interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] };
  };
  /** One number for each field of each node, node after node. */
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** Objects of the browser that grow in any page: compiled code and performance records. */
const KEPT_BY_BROWSER = /^(?:Performance|LargestContentfulPaint|InteractionContentfulPaint)/;

/** Bytes held by the page's own objects after a garbage collection. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  let text = "";
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => void (text += chunk));
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  const { snapshot, nodes, strings } = JSON.parse(text) as HeapSnapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size] = ["type", "name", "self_size"].map((field) => fields.indexOf(field)) as [
    number,
    number,
    number,
  ];
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    const kind = types[0][nodes[node + type] ?? -1];
    if (kind === "code" || KEPT_BY_BROWSER.test(strings[nodes[node + name] ?? -1] ?? "")) continue;
    bytes += nodes[node + size] ?? 0;
  }
  return bytes;
}
