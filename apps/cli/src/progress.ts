/** Says on stderr what is going on, once it has taken longer than a second. */
export interface Progress {
  /** Replaces what is said to be going on. */
  step(label: string): void;
  /** The same for one of many small steps: a terminal shows the latest, anything else one every few seconds. */
  count(label: string): void;
  /** Removes the line from a terminal. */
  done(): void;
}

/** How long to say nothing, and how often to say how long it has taken. */
const PATIENCE_MILLISECONDS = 1000;
/** Between two lines of a count where every line stays. */
const LINE_MILLISECONDS = 10_000;
/** Between two pictures of a count on a terminal. */
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
