import { float32, graphBuilder, uniform, type Backend, type Executable, type Feeds } from "@isoconv/core-spec";

const CHANNELS = 32;
/** Rows and columns to try: large enough that runtimes use several threads, and small enough for slow runtimes. */
const EXTENTS = [24, 48, 96, 192];
const LONG_ENOUGH_MILLISECONDS = 10;
/** Long enough that every thread of a pool gets a share, on a machine with other load. */
const BUSY_MILLISECONDS = 300;

/**
 * Keeps a backend busy with a convolution, the smallest that takes at least 10 ms or else the largest, while `measure`
 * waits for the work. Compiling and warming up happen before.
 */
export async function keepBusy<T>(backend: Backend, measure: (work: () => Promise<void>) => Promise<T>): Promise<T> {
  for (const extent of EXTENTS) {
    const { executable, feeds } = await convolution(backend, extent);
    try {
      await executable.run(feeds);
      const start = performance.now();
      await executable.run(feeds);
      const isLong = performance.now() - start >= LONG_ENOUGH_MILLISECONDS;
      if (isLong || extent === EXTENTS.at(-1)) return await measure(() => runFor(BUSY_MILLISECONDS, executable, feeds));
    } finally {
      await executable.dispose();
    }
  }
  throw new Error("no size to try");
}

async function convolution(
  backend: Backend,
  extent: number,
): Promise<{ readonly executable: Executable; readonly feeds: Feeds }> {
  const g = graphBuilder("doctor-busy");
  const x = g.input("x", ["N", CHANNELS, extent, extent]);
  const w = g.parameter("w", [CHANNELS, CHANNELS, 3, 3]);
  const graph = g.build({ y: g.conv2d({ x, w }, { pads: [1, 1, 1, 1] }) });
  const weights = float32([CHANNELS, CHANNELS, 3, 3], uniform(1, "w", CHANNELS ** 2 * 9, -1, 1));
  const feeds = { x: float32([1, CHANNELS, extent, extent], uniform(1, "x", CHANNELS * extent ** 2, -1, 1)) };
  return { executable: await backend.compile(graph, { w: weights }), feeds };
}

async function runFor(milliseconds: number, executable: Executable, feeds: Feeds): Promise<void> {
  const start = performance.now();
  do await executable.run(feeds);
  while (performance.now() - start < milliseconds);
}
