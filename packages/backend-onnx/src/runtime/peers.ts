import type { PeerPackage } from "@isoconv/core-spec";

/** The optional peer dependencies behind the subpaths. */
export const nodePeer: PeerPackage = { name: "onnxruntime-node", version: "1.30.0" };
export const webPeer: PeerPackage = { name: "onnxruntime-web", version: "1.30.0" };
