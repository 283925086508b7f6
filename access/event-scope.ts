/**
 * Which events a caller may read, on every channel: those whose permission it has, and for an API key that is limited
 * to sessions, only events of those sessions.
 */
import { fieldProblem } from "../contracts/errors.ts";
import {
  EventPattern,
  EVENTS,
  EVENT_TYPES,
  matchesPatterns,
  type EventEnvelope,
  type EventType,
} from "../contracts/events.ts";
import type { Permission, Principal } from "../contracts/permissions.ts";
import { mayUseSession } from "./session-scope.ts";

/** What a caller, or the one who set up a webhook, may do. */
export type EventReaderRights = Pick<Principal, "permissions" | "sessions">;

/** What an event asks for. */
export type EventSubject = Pick<EventEnvelope, "type" | "sessionId">;

export function mayReadType({ permissions }: Pick<EventReaderRights, "permissions">, type: EventType): boolean {
  return permissions.includes(EVENTS[type].permission);
}

export function mayReadEvent(rights: EventReaderRights, { type, sessionId }: EventSubject): boolean {
  if (!mayReadType(rights, type)) return false;
  return sessionId === undefined ? rights.sessions === null : mayUseSession(rights, sessionId);
}

/** True when the caller may read every event of these types in its tenant. */
export function mayReadAll(rights: EventReaderRights, patterns: readonly string[]): boolean {
  return (
    rights.sessions === null &&
    EVENT_TYPES.every((type) => !matchesPatterns(type, patterns) || mayReadType(rights, type))
  );
}

/** The types that match the patterns and that the caller may read. */
export function readableTypes(
  rights: Pick<EventReaderRights, "permissions">,
  patterns: readonly string[],
): EventType[] {
  return EVENT_TYPES.filter((type) => matchesPatterns(type, patterns) && mayReadType(rights, type));
}

/**
 * Throws `forbidden` at `pointer` for a type or a prefix of which the caller may read nothing. Of wider patterns the
 * caller gets what it may read, and of `*` possibly nothing.
 */
export function requireReadable(
  rights: Pick<EventReaderRights, "permissions">,
  patterns: readonly string[],
  pointerOf: (index: number) => string,
): void {
  for (const [index, pattern] of patterns.entries()) {
    if (pattern === "*" || readableTypes(rights, [pattern]).length > 0) continue;
    const required = new Set<Permission>(
      EVENT_TYPES.filter((type) => matchesPatterns(type, [pattern])).map((type) => EVENTS[type].permission),
    );
    throw fieldProblem(
      "forbidden",
      pointerOf(index),
      `these credentials cannot read "${pattern}", which requires ${[...required].join(" or ")}`,
    );
  }
}

/** The patterns of a list that commas separate; throws `validation` at `?types`. */
export function parseTypes(list: string): string[] {
  const patterns = list.split(",").map((pattern) => pattern.trim());
  const wrong = patterns.find((pattern) => !EventPattern.safeParse(pattern).success);
  if (wrong !== undefined)
    throw fieldProblem("validation", "?types", `"${wrong}" is not an event type, a prefix such as message.*, or *`);
  return patterns;
}
