/** Events in tests: drafts made from the examples of the table, and the strict check of an event that was emitted. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { EventEnvelope, EVENTS, type EventData, type EventDraft, type EventType } from "../../contracts/events.ts";

/** A draft with the type's example as its data, changed by `data`. */
export function sampleDraft<T extends EventType>(
  type: T,
  origin: { readonly tenantId: string; readonly sessionId?: string | null },
  data: Partial<EventData<T>> = {},
): EventDraft {
  const { tenantId, sessionId = null } = origin;
  return { type, tenantId, sessionId, data: { ...EVENTS[type].example, ...data } } as unknown as EventDraft;
}

/** The event's data by field name, for tests that look at one field of several types. */
export function dataOf(event: EventEnvelope): Readonly<Record<string, unknown>> {
  return event.data;
}

/** What is wrong with an emitted event: a field that its schema does not allow, lacks or does not declare. */
export function faultOfEvent(event: unknown): string | undefined {
  const parsed = EventEnvelope.safeParse(event);
  if (!parsed.success) return z.prettifyError(parsed.error);
  return isDeepStrictEqual(copyOf(parsed.data), copyOf(event))
    ? undefined
    : `it has fields that its schema does not declare; declared are: ${JSON.stringify(parsed.data)}`;
}

/** As JSON carries it: `fetch` and the test have different prototypes. */
function copyOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
