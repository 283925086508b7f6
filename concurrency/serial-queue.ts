/** Runs tasks one at a time, in the order of arrival. Bounded, so that a stuck task pushes back on its callers. */
const DEFAULT_CAPACITY = 100;

/** The queue was full: the task was rejected without being started. */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
}

export class SerialQueue {
  readonly #capacity: number;
  #tail: Promise<unknown> = Promise.resolve();
  #pending = 0;

  /** @param capacity tasks that may wait or run at a time. */
  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  /** Runs the task after those before it and settles as it does; rejects with QueueFullError when the queue is full. */
  run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#pending >= this.#capacity) return Promise.reject(new QueueFullError("too many tasks are waiting"));
    this.#pending += 1;
    const result = this.#tail.then(task).finally(() => {
      this.#pending -= 1;
    });
    this.#tail = result.catch(() => undefined);
    return result;
  }
}
