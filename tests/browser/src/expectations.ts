import type { Expectation } from "@isoconv/conformance";

/** Beside docs/matrix.md, which shows it. */
const link = "repro/tfjs-webgl-sizes.md";

/** What TensorFlow.js's WebGL backend gets wrong, by backend; `docs/repro` says how to see it. */
export const expectations: Readonly<Record<string, readonly Expectation[]>> = {
  "tfjs-webgl": [
    {
      kind: "skip",
      cases: "op/*/size/**",
      reason: "numbers below 1e-15 lose digits, and gelu gives NaN near the ends of float32's range",
      link,
    },
    ...["contract/**", "state/**"].map((cases): Expectation => ({
      kind: "skip",
      cases,
      reason: "after some other runs on the page, linear layers of 74 features are wrong",
      link,
    })),
    {
      kind: "skip",
      cases: "op/*/special/every-magnitude*",
      reason: "gelu and elu of numbers near the ends of float32's range give NaN",
      link,
    },
  ],
};
