/** The optional peer dependency behind a subpath. */
export interface Peer {
  readonly packageName: string;
  readonly version: string;
}

export const nodePeer: Peer = { packageName: "onnxruntime-node", version: "1.30.0" };
export const webPeer: Peer = { packageName: "onnxruntime-web", version: "1.30.0" };
