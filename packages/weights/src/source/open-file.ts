import type { ByteSource, ReadObserver } from "./byte-source.js";

/** Opens the file at a `file:` address. */
export type OpenFile = (name: string, address: URL, observer: ReadObserver) => Promise<ByteSource>;
