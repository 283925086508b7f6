/** How a session is, as its row holds it, and the event that a change of it makes. */
import type { EventDraft, EventType } from "../../contracts/events.ts";
import type { SessionState } from "../../contracts/states.ts";
import type { Sql } from "../../db/database.ts";
import { saveSessionState } from "../../db/statements/sessions/session-state.ts";
import type { ActorEvent } from "../protocol.ts";
import type { SessionRun } from "../../contracts/transport.ts";

const EVENT_OF: Partial<Record<SessionState, EventType>> = {
  starting: "session.starting",
  connected: "session.connected",
  degraded: "session.degraded",
  reconnecting: "session.disconnected",
  stopped: "session.disconnected",
  logged_out: "session.logged_out",
  failed: "session.failed",
};

/** Saves the state; an event only when the state or its reason is new. */
export async function recordState(
  sql: Sql,
  source: SessionRun,
  fact: Extract<ActorEvent, { type: "state" }>,
  now: number,
): Promise<EventDraft[]> {
  const isNew = await saveSessionState(sql, {
    sessionId: source.sessionId,
    state: fact.state,
    reason: fact.reason,
    evidence: JSON.stringify(fact.evidence),
    me: fact.me === undefined ? null : { chatId: fact.me.chatId, lid: fact.me.lid, name: fact.me.name },
    forgetMe: fact.state === "logged_out",
    now,
  });
  const type = EVENT_OF[fact.state];
  if (!isNew || type === undefined) return [];
  const data = {
    state: fact.state,
    reason: fact.reason,
    evidence: fact.evidence,
    ...(fact.me === undefined ? {} : { me: fact.me }),
  };
  return [{ type, tenantId: source.tenantId, sessionId: source.sessionId, data }];
}
