/** Shows the current step on stderr, from one second after the start. */
export interface Progress {
  /** Sets the current step. */
  step(label: string): void;
  /** Sets one of many small steps. A terminal shows the latest; other streams get one line every ten seconds. */
  count(label: string): void;
  /** Removes the line from a terminal. */
  done(): void;
}

/** Delay before the first output, and interval at which the elapsed time is updated. */
const PATIENCE_MILLISECONDS = 1000;
/** Interval between lines of a count on a stream that is not a terminal. */
const LINE_MILLISECONDS = 10_000;
/** Interval between updates of a count on a terminal. */
const FRAME_MILLISECONDS = 100;

export function startProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const start = performance.now();
  let shown: string | undefined;
  let label = "";
  let lastShown = start;
  const show = (): void => {
    if (label === "" || (label === shown && !stream.isTTY)) return;
    shown = label;
    lastShown = performance.now();
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    stream.write(stream.isTTY ? `\r\u001b[2K${label} (${seconds} s)` : `${label}\n`);
  };
  let counts = false;
  const timer = setInterval(() => {
    if (!counts || stream.isTTY) show();
  }, PATIENCE_MILLISECONDS);
  timer.unref();
  return {
    count(next) {
      label = next;
      counts = true;
      const pause = stream.isTTY ? FRAME_MILLISECONDS : LINE_MILLISECONDS;
      if (performance.now() - start > PATIENCE_MILLISECONDS && performance.now() - lastShown > pause) show();
    },
    step(next) {
      label = next;
      counts = false;
      if (performance.now() - start > PATIENCE_MILLISECONDS) show();
    },
    done() {
      clearInterval(timer);
      label = "";
      if (shown !== undefined && stream.isTTY) stream.write("\r\u001b[2K");
    },
  };
}

/** Does work that shows its progress, which is removed at the end. */
export async function withProgress<T>(task: (progress: Progress) => Promise<T>): Promise<T> {
  const progress = startProgress();
  try {
    return await task(progress);
  } finally {
    progress.done();
  }
}
