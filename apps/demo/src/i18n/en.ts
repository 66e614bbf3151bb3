/** The texts of the page. A text with a variable part is a function. */
export const en = {
  title: "isoconv",
  motto: "One CNN, every backend, the same answer.",
  views: {
    photo: "Photo",
    compare: "Compare",
    inside: "Look inside",
    conformance: "Conformance",
    bench: "Bench",
    zoo: "Zoo",
    build: "Build your own",
  },
  skip: "Skip to content",
  language: "Language",
  loading: "Loading…",
  run: "Run",
  stop: "Stop",
  stopped: "Stopped",
  backend: "Backend",
  network: "Network",
  threads: (count: number): string => (count === 1 ? "one thread" : `${count} threads`),
  notIsolated:
    "This page is not cross-origin isolated, so WebAssembly has one thread. For more, serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.",
  unavailable: "not available",
};

export type Words = typeof en;
