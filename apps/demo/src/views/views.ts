import type { ComponentType } from "preact";

/** The views in the order of the navigation. Each is fetched when it is first shown. */
export const views = {
  photo: async () => (await import("./photo/photo-view.js")).PhotoView,
  compare: async () => (await import("./compare/compare-view.js")).CompareView,
  inside: async () => (await import("./inside/inside-view.js")).InsideView,
  conformance: async () => (await import("./conformance/conformance-view.js")).ConformanceView,
  bench: async () => (await import("./bench/bench-view.js")).BenchView,
  zoo: async () => (await import("./zoo/zoo-view.js")).ZooView,
  build: async () => (await import("./build/build-view.js")).BuildView,
} satisfies Record<string, () => Promise<ComponentType>>;

export type ViewName = keyof typeof views;
export const viewNames = Object.keys(views) as readonly ViewName[];

export function isViewName(text: string): text is ViewName {
  return Object.hasOwn(views, text);
}
