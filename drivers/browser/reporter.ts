/** Tells the sink: in order within a lane (a chat, the link), again when storing failed, and never twice at once in a lane. */
import type { DriverEvent, DriverSink } from "../driver.ts";

const ATTEMPTS = 3;
const RETRY_MS = 200;

export class Reporter {
  readonly #sink: DriverSink;
  readonly #lanes = new Map<string, Promise<void>>();

  constructor(sink: DriverSink) {
    this.#sink = sink;
  }

  /** Reports what `make` gives, after everything that came before in the lane. True when it is stored, or when there was nothing to tell. */
  async tell(lane: string, make: () => DriverEvent | null | Promise<DriverEvent | null>): Promise<boolean> {
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    const told = before.then(() => this.#store(make));
    const settled = told.then(() => undefined);
    this.#lanes.set(lane, settled);
    const isStored = await told;
    if (this.#lanes.get(lane) === settled) this.#lanes.delete(lane);
    return isStored;
  }

  /** Settles when everything that was told so far is stored or given up. */
  async flush(): Promise<void> {
    await Promise.all(this.#lanes.values());
  }

  async #store(make: () => DriverEvent | null | Promise<DriverEvent | null>): Promise<boolean> {
    let failure: unknown;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        const event = await make();
        if (event !== null) await this.#sink(event);
        return true;
      } catch (error) {
        failure = error;
        if (attempt < ATTEMPTS) await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt));
      }
    }
    process.emitWarning(`an event of the browser driver could not be stored: ${String(failure)}`);
    return false;
  }
}
