/** Records the events of a driver, so that a test can wait for them. */
import type { DriverEvent, DriverSink, ConnectionState } from "../../../drivers/driver.ts";
import { until, type Subscribe } from "./waiting.ts";

export type EventOf<T extends DriverEvent["type"]> = Extract<DriverEvent, { type: T }>;

export class EventRecorder {
  readonly events: DriverEvent[] = [];
  readonly #deadlineMs: () => number;
  readonly #listeners = new Set<() => void>();
  #refused: DriverEvent["type"] | null = null;

  constructor(deadlineMs: () => number) {
    this.#deadlineMs = deadlineMs;
  }

  readonly sink: DriverSink = async (event) => {
    if (event.type === this.#refused) throw new Error("the event could not be stored");
    this.events.push(event);
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe: Subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** From now on events of this type are not stored, as when the database is away; null stores everything again. */
  refuse(type: DriverEvent["type"] | null): void {
    this.#refused = type;
  }

  /** The current end of the record; pass it to `wait` to see later events only. */
  mark(): number {
    return this.events.length;
  }

  all<T extends DriverEvent["type"]>(type: T, from = 0): EventOf<T>[] {
    return this.events.slice(from).filter((event): event is EventOf<T> => event.type === type);
  }

  /** The first event of the type that matches, past or future. */
  wait<T extends DriverEvent["type"]>(
    type: T,
    fits: (event: EventOf<T>) => boolean = () => true,
    from = 0,
  ): Promise<EventOf<T>> {
    return until(
      this.subscribe,
      () => this.all(type, from).find(fits),
      () => `an event ${type} that matches; seen: ${this.#summary(from)}`,
      this.#deadlineMs(),
    );
  }

  waitForState(state: ConnectionState, from = 0): Promise<EventOf<"state">> {
    return this.wait("state", (event) => event.state === state, from);
  }

  #summary(from: number): string {
    const seen = this.events
      .slice(from, from + 20)
      .map((event) => (event.type === "state" ? `state ${event.state}` : event.type));
    return seen.join(", ") || "nothing";
  }
}
