/** Ends a request that brings nothing. */
export interface IdleWatch {
  /** Aborts when nothing came for too long, and when the caller aborts. */
  readonly signal: AbortSignal;
  readonly isIdle: boolean;
  /** Starts the time again, because something came. */
  touch(): void;
  stop(): void;
}

/** Watches a request; {@link IdleWatch.stop} must be called at its end. */
export function watchIdle(milliseconds: number, caller: AbortSignal | undefined): IdleWatch {
  const controller = new AbortController();
  let isIdle = false;
  const expire = (): void => {
    isIdle = true;
    controller.abort();
  };
  const follow = (): void => controller.abort(caller?.reason);
  let timer = setTimeout(expire, milliseconds);
  caller?.addEventListener("abort", follow);
  if (caller?.aborted === true) follow();
  return {
    signal: controller.signal,
    get isIdle() {
      return isIdle;
    },
    touch() {
      clearTimeout(timer);
      timer = setTimeout(expire, milliseconds);
    },
    stop() {
      clearTimeout(timer);
      caller?.removeEventListener("abort", follow);
    },
  };
}
