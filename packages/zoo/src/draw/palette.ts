import type { OpFamily } from "@isoconv/core-spec";

/** The category that gives a box its colour: its operation's family, or that it is not a single operation. */
export type BoxColor = OpFamily | "block" | "terminal";

interface Shade {
  readonly fill: string;
  readonly line: string;
}

/** Fills light enough in the light theme, and dark enough in the dark one, for the text on them. */
export const palette: { readonly [K in BoxColor]: { readonly light: Shade; readonly dark: Shade } } = {
  convolution: { light: { fill: "#dbe9fb", line: "#3b73b9" }, dark: { fill: "#1c3554", line: "#6ea3e0" } },
  pooling: { light: { fill: "#fbe0dc", line: "#b9503f" }, dark: { fill: "#4d2620", line: "#e08a7c" } },
  normalisation: { light: { fill: "#ece2f8", line: "#7b55ad" }, dark: { fill: "#372753", line: "#ad8ddb" } },
  dense: { light: { fill: "#fdeccb", line: "#a9761a" }, dark: { fill: "#463412", line: "#d9a94f" } },
  elementwise: { light: { fill: "#dcf2dd", line: "#3d8b45" }, dark: { fill: "#1d3f22", line: "#74bf7c" } },
  activation: { light: { fill: "#f7f3c9", line: "#8c8220" }, dark: { fill: "#3d3a14", line: "#c9be52" } },
  movement: { light: { fill: "#d5f1f1", line: "#2b8585" }, dark: { fill: "#173e3e", line: "#62bcbc" } },
  reduction: { light: { fill: "#fbdcec", line: "#ad4380" }, dark: { fill: "#4a1f38", line: "#df86b7" } },
  block: { light: { fill: "#eef0f3", line: "#6b7480" }, dark: { fill: "#2b3038", line: "#9aa4b2" } },
  terminal: { light: { fill: "#ffffff", line: "#6b7480" }, dark: { fill: "#16191d", line: "#9aa4b2" } },
};
