/** Records a session's state in its row, with the event that reports the change. */
import type { EventDraft } from "../../contracts/events.ts";
import type { SessionState } from "../../contracts/states.ts";
import type { Sql } from "../../db/database.ts";
import { bindQueue } from "../../outbox/account-change.ts";
import { saveSessionState } from "../../db/statements/sessions/session-state.ts";
import type { SessionRun } from "../../contracts/transport.ts";
import type { SessionEvent } from "../protocol.ts";

/** `syncing` has no event; `qr` and `pairing` are reported by the events that carry the code. */
const EVENT_OF = {
  starting: "session.starting",
  connected: "session.connected",
  degraded: "session.degraded",
  reconnecting: "session.disconnected",
  stopped: "session.disconnected",
  logged_out: "session.logged_out",
  failed: "session.failed",
} as const satisfies Partial<Record<SessionState, EventDraft["type"]>>;

interface RecordedState {
  /** False when neither the state nor its reason is new; there is no event for it then. */
  readonly isNew: boolean;
  readonly drafts: EventDraft[];
}

/** Saves the state and returns its event, and those of an account that is another one than before. */
export async function recordState(
  sql: Sql,
  source: SessionRun,
  event: Extract<SessionEvent, { type: "state" }>,
  now: number,
): Promise<RecordedState> {
  const { sessionId, tenantId } = source;
  const { state, reason, evidence, me } = event;
  const isNew = await saveSessionState(sql, {
    sessionId,
    state,
    reason,
    evidence: JSON.stringify(evidence),
    me: me === undefined ? null : { chatId: me.chatId, lid: me.lid, name: me.name },
    forgetMe: state === "logged_out",
    now,
  });
  const changes = me === undefined ? [] : await bindQueue(sql, source, me, now);
  if (!isNew || !isAnnounced(state)) return { isNew, drafts: changes };
  const data = { state, reason, evidence, ...(me === undefined ? {} : { me }) };
  return { isNew, drafts: [{ type: EVENT_OF[state], tenantId, sessionId, data }, ...changes] };
}

function isAnnounced(state: SessionState): state is keyof typeof EVENT_OF {
  return state in EVENT_OF;
}
