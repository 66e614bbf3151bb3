import { checkOptions, loadPeer, nativeNotes, startWithin, type Backend } from "@isoconv/core-spec";
import { cpuTraits, onnxBackend } from "../runtime/backend.js";
import { unrestricted } from "../runtime/exclusive.js";
import { availableCores } from "../runtime/host.js";
import { ONNX_OPTIONS, type OnnxOptions } from "../runtime/options.js";
import type { LoadOrt } from "../runtime/ort.js";
import { loadInHostRealm, otherHostRealm } from "./host-realm.js";
import { nodePeer } from "../runtime/peers.js";
import { lasting } from "../runtime/provider.js";

const importNode: LoadOrt = async () => {
  const host = otherHostRealm();
  return host === undefined ? import("onnxruntime-node") : loadInHostRealm("onnxruntime-node", host);
};

/** Loads the native runtime, which needs no further preparation. */
export function loadNode(load: LoadOrt = importNode, options: OnnxOptions = {}): ReturnType<LoadOrt> {
  return startWithin(options, { what: `the import of ${nodePeer.name}` }, () => loadPeer({ ...nodePeer, load }));
}

export async function openNode(options: OnnxOptions, load?: LoadOrt): Promise<Backend> {
  checkOptions(options, ONNX_OPTIONS, { op: "createBackend" });
  const ort = await loadNode(load, options);
  return onnxBackend({
    id: "onnx-node",
    ort,
    runtime: { name: nodePeer.name, version: ort.env.versions.node ?? ort.env.versions.common },
    provider: lasting("cpu"),
    traits: { ...cpuTraits, notes: nativeNotes() },
    threads: options.threads ?? availableCores(),
    graphOptimizationLevel: options.graphOptimizationLevel ?? "all",
    largeMatrices: "fed",
    exclusive: unrestricted,
  });
}
