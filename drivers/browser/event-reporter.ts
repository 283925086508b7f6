/**
 * Passes events to the sink: within one queue (a chat, the connection) in order and one at a time, with retries when
 * storing fails. Different queues do not wait for each other.
 */
import type { DriverEvent, DriverLog, DriverSink } from "../driver.ts";

const ATTEMPTS = 3;
const RETRY_MS = 200;

/** Makes an event when its turn comes; null when there is nothing to report after all. */
type MakeEvent = () => DriverEvent | null | Promise<DriverEvent | null>;

/** Names people in an event as they are named outside of the driver. */
type NameIn = (event: DriverEvent) => Promise<DriverEvent>;

export class EventReporter {
  readonly #sink: DriverSink;
  readonly #log: DriverLog;
  readonly #queues = new Map<string, Promise<void>>();
  #nameIn: NameIn = (event) => Promise.resolve(event);

  constructor(sink: DriverSink, log: DriverLog) {
    this.#sink = sink;
    this.#log = log;
  }

  /** From now on every event passes through this function. */
  nameBy(nameIn: NameIn): void {
    this.#nameIn = nameIn;
  }

  /**
   * Reports after all earlier events of the queue. Never rejects; resolves to false when the event could not be stored.
   */
  async report(queue: string, make: MakeEvent): Promise<boolean> {
    const before = this.#queues.get(queue) ?? Promise.resolve();
    const result = before.then(() => this.#store(make));
    const done = result.then(() => undefined);
    this.#queues.set(queue, done);
    const isStored = await result;
    if (this.#queues.get(queue) === done) this.#queues.delete(queue);
    return isStored;
  }

  /** Resolves when everything that was reported so far is stored or given up. */
  async flush(): Promise<void> {
    await Promise.all(this.#queues.values());
  }

  async #store(make: MakeEvent): Promise<boolean> {
    let failure: unknown;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        const event = await make();
        if (event !== null) await this.#sink(await this.#nameIn(event));
        return true;
      } catch (error) {
        failure = error;
        if (attempt < ATTEMPTS) await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt));
      }
    }
    this.#log("warn", "event not stored", { error: String(failure) });
    return false;
  }
}
