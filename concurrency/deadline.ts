/** Deadlines for promises. Neither function cancels the work; it only stops waiting for it. */

/** Settles as the promise does; after `ms` rejects with the error that `late` creates. The timer is always cleared. */
export async function within<T>(promise: Promise<T>, ms: number, late: () => Error): Promise<T> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), ms);
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Resolves when the promise does, or after `ms`; rejects if the promise rejects before. The timer is always cleared.
 */
export async function waitAtMost(promise: Promise<unknown>, ms: number): Promise<void> {
  const { promise: timeout, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
