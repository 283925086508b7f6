/** The JSON of an event, made once for all streams that it is sent to. */
import type { EventEnvelope } from "../../../contracts/events.ts";

const texts = new WeakMap<EventEnvelope, string>();

export function textOf(envelope: EventEnvelope): string {
  const known = texts.get(envelope);
  if (known !== undefined) return known;
  const text = JSON.stringify(envelope);
  texts.set(envelope, text);
  return text;
}
