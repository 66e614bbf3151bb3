import type { Tfjs } from "../library/tfjs.js";

/** Runs a function with changed TensorFlow.js flags and restores them afterwards. */
export function withFlags<T>(tf: Tfjs, flags: Readonly<Record<string, boolean>>, work: () => T): T {
  const environment = tf.env();
  const before = Object.keys(flags).map((name) => [name, environment.getBool(name)] as const);
  for (const [name, value] of Object.entries(flags)) environment.set(name, value);
  try {
    return work();
  } finally {
    for (const [name, value] of before) environment.set(name, value);
  }
}

/** Lets TensorFlow.js accept a context without a GPU, even if it has already found that there is none with one. */
export function acceptSoftware(tf: Tfjs): void {
  const environment = tf.env();
  if (environment.getBool("SOFTWARE_WEBGL_ENABLED")) return;
  environment.set("SOFTWARE_WEBGL_ENABLED", true);
  const found = environment.getFlags();
  if (found["HAS_WEBGL"] !== false && found["WEBGL_VERSION"] !== 0) return;
  for (const name of Object.keys(found)) {
    if (name.includes("WEBGL") && name !== "SOFTWARE_WEBGL_ENABLED") delete found[name];
  }
}
