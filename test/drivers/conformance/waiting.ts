/** Waits for a condition with a deadline; a change triggers the next check, not a timer. */

/** Calls the listener after each change, until the returned function is called. */
export type Subscribe = (listener: () => void) => () => void;

/**
 * Checks now and after every change until `check` returns a value; rejects with a description when the deadline passes.
 */
export async function until<T>(
  subscribe: Subscribe,
  check: () => T | undefined | Promise<T | undefined>,
  describe: () => string,
  deadlineMs: number,
): Promise<T> {
  let wake = (): void => undefined;
  let changed = false;
  const unsubscribe = subscribe(() => {
    changed = true;
    wake();
  });
  const endsAt = Date.now() + deadlineMs;
  try {
    for (;;) {
      changed = false;
      const found = await check();
      if (found !== undefined) return found;
      const left = endsAt - Date.now();
      if (left <= 0) throw new Error(`not met within ${deadlineMs} ms: ${describe()}`);
      if (!changed) await sleepUntilWoken(left, (wakeUp) => (wake = wakeUp));
    }
  } finally {
    unsubscribe();
  }
}

/** Resolves when it is woken, or when the time is over. */
async function sleepUntilWoken(ms: number, offer: (wakeUp: () => void) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
    offer(resolve);
  });
  clearTimeout(timer);
}
