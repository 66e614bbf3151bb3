/** The fields of a WebGPU `GPUAdapterInfo`; each may be empty. */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
}

/**
 * The name of a GPU for `Capabilities.adapter`: its description, or else the other fields joined; `undefined` where all
 * are empty, as in browsers whose adapters have no `info`.
 */
export function adapterName(info: AdapterInfo | undefined): string | undefined {
  if (info === undefined) return undefined;
  const { vendor, architecture, device, description } = info;
  const words = description === "" ? [vendor, architecture, device] : [description];
  const name = words.filter((word) => word !== "").join(" ");
  return name === "" ? undefined : name;
}
