/** Runs tasks one after the other, in the order in which they came. Bounded, so that a stuck task pushes back on its callers. */
const DEFAULT_CAPACITY = 100;

/** Thrown to a caller whose task was not taken because too many were waiting; the task has not begun and never will. */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
}

export class SerialQueue {
  readonly #capacity: number;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @param capacity tasks that may wait or run at a time. */
  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  /** Runs the task after those before it and settles as it does; rejects with QueueFullError when the queue is full. */
  run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#waiting >= this.#capacity) return Promise.reject(new QueueFullError("too many tasks are waiting"));
    this.#waiting += 1;
    const turn = this.#tail.then(task).finally(() => {
      this.#waiting -= 1;
    });
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}
