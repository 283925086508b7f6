/** The states that a node has observed and cannot write at the moment. */
import { systemNow } from "../concurrency/clock.ts";
import type { UnwrittenStates } from "../contracts/broadcasts.ts";
import type { SessionLifecycle } from "./lifecycle/session-lifecycle.ts";

/** ms: writing takes less than this when the database is well. */
const LATE = 1_000;
/** Most states in one message. */
const MOST = 1_000;

/** Those that have waited for longer than a write takes. */
export function unwrittenStates(sessions: Iterable<SessionLifecycle>): UnwrittenStates["states"] {
  const late: UnwrittenStates["states"][number][] = [];
  for (const { session } of sessions) {
    const { unwritten, sessionId, epoch } = session;
    if (unwritten === undefined || systemNow() - unwritten.since < LATE || late.length === MOST) continue;
    const { state, reason, evidence } = unwritten.event;
    late.push({ sessionId, epoch, state, reason, evidence, since: unwritten.since });
  }
  return late;
}
