/** Resolves in a later task of the event loop, so that an abort can arrive, an event be reported and a page be drawn. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve));
}
