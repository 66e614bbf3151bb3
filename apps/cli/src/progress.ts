/** Says on stderr what is going on, once it has taken longer than a second. */
export interface Progress {
  /** Replaces what is said to be going on. */
  step(label: string): void;
  /** Removes the line from a terminal. */
  done(): void;
}

/** How long to say nothing, and how often to say how long it has taken. */
const PATIENCE_MILLISECONDS = 1000;

export function startProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const start = performance.now();
  let shown: string | undefined;
  let label = "";
  const show = (): void => {
    if (label === "" || (label === shown && !stream.isTTY)) return;
    shown = label;
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    stream.write(stream.isTTY ? `\r\u001b[2K${label} (${seconds} s)` : `${label}\n`);
  };
  const timer = setInterval(show, PATIENCE_MILLISECONDS);
  timer.unref();
  return {
    step(next) {
      label = next;
      if (performance.now() - start > PATIENCE_MILLISECONDS) show();
    },
    done() {
      clearInterval(timer);
      label = "";
      if (shown !== undefined && stream.isTTY) stream.write("\r\u001b[2K");
    },
  };
}
