/** Turns: tasks of one actor run one after the other, in the order in which they came. Bounded, so that a stuck actor pushes back. */
import { DriverError } from "../drivers/driver.ts";

const CAPACITY = 100;

export class Mailbox {
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Runs the task when its turn comes; refuses it when too many wait. */
  run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#waiting >= CAPACITY) return Promise.reject(new DriverError("not_sent", "the session has too much to do"));
    this.#waiting += 1;
    const turn = this.#tail.then(task).finally(() => {
      this.#waiting -= 1;
    });
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}
