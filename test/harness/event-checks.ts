/** Fails a test when an event at one of its sockets or webhook receivers does not match its schema. */
import { faultOfEvent } from "./events.ts";

const faults: string[] = [];

/** Checks a received event; if it does not match its schema, the test fails at its end. */
export function checkEvent(event: unknown): void {
  const fault = faultOfEvent(event);
  if (fault !== undefined) faults.push(`${fault}\n${JSON.stringify(event).slice(0, 2_000)}`);
}

function failOnFaults(): void {
  const found = faults.splice(0);
  if (found.length > 0) throw new Error(`an event does not match its schema:\n${found.join("\n")}`);
}

afterEach(failOnFaults);
afterAll(failOnFaults);
