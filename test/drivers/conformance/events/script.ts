/** Plays a script on a driver: after each action exactly the expected events have been reported, and no others. */
import type { DriverEvent } from "../../../../drivers/driver.ts";
import type { DriverFixture } from "../driver-fixture.ts";
import { openStage, readable, type Stage } from "./stage.ts";

export interface Step {
  /** The action; its result is compared when `answer` is given. */
  readonly act: (stage: Stage) => Promise<unknown>;
  readonly events?: readonly object[];
  readonly answer?: unknown;
}
export type Script = Readonly<Record<string, Step>>;

/** How long the events of one step may take. */
const EVENTS_WITHIN_MS = 10_000;

/**
 * A driver may report more about receipts than another: the server's own, and that of a group as a whole. The sender's
 * API shows neither.
 */
const isCompared = (event: DriverEvent): boolean => event.type !== "ack" || (event.ack > 1 && event.by !== null);

const sorted = (events: readonly unknown[]): unknown[] =>
  events.toSorted((one, other) => (toText(one) < toText(other) ? -1 : 1));

/** The value as text that does not depend on the order of its fields. */
function toText(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

async function play(stage: Stage, { act, events = [], answer }: Step): Promise<{ actual: object; expected: object }> {
  const { recorder } = stage.session;
  const mark = recorder.mark();
  stage.ids.length = 0;
  const result = await act(stage);
  const seen = () => sorted(readable(stage, recorder.events.slice(mark).filter(isCompared)) as unknown[]);
  const wanted = toText(sorted(events));
  const { promise, resolve } = Promise.withResolvers<void>();
  const check = () => void (toText(seen()) === wanted && resolve());
  const unsubscribe = recorder.subscribe(check);
  const timer = setTimeout(resolve, EVENTS_WITHIN_MS);
  check();
  await promise;
  clearTimeout(timer);
  unsubscribe();
  const compared = answer === undefined ? {} : { answer };
  const returned = answer === undefined ? {} : { answer: readable(stage, result) };
  return { actual: { events: seen(), ...returned }, expected: { events: sorted(events), ...compared } };
}

export async function expectScript(fixture: DriverFixture, script: Script): Promise<void> {
  const stage = await openStage(fixture);
  for (const [title, step] of Object.entries(script)) {
    const { actual, expected } = await play(stage, step);
    expect({ title, ...actual }).toEqual({ title, ...expected });
  }
}
