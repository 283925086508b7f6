/**
 * Which sessions a node hands over now: those that are asked to move, and all of them while it drains. Few at a time,
 * each at a moment when it neither sends nor waits for a phone.
 */
import type { SessionState } from "../contracts/states.ts";
import type { PlacementChange } from "../db/statements/sessions/placements.ts";
import type { SessionLifecycle } from "./lifecycle/session-lifecycle.ts";

/** Sessions of a node that are handed over at the same time. */
const AT_ONCE = 5;

/** States in which a move would cost a person the code that they are about to scan, or lose a start's work. */
const UNSETTLED: ReadonlySet<SessionState> = new Set(["starting", "qr", "pairing", "syncing"]);

export interface HandOverChoice {
  readonly lifecycle: SessionLifecycle;
  readonly to: string | null;
  readonly why: "requested" | "drain" | "rebalance";
}

export interface HandOverSituation {
  readonly sessions: ReadonlyMap<string, SessionLifecycle>;
  readonly changes: readonly PlacementChange[];
  readonly isDraining: boolean;
  /** True while a message of the session is in flight. */
  readonly isSending: (sessionId: string) => boolean;
}

/** The sessions to hand over now, and where to. */
export function chooseHandOvers({ sessions, changes, isDraining, isSending }: HandOverSituation): HandOverChoice[] {
  const asked = new Map(changes.filter(({ move_to }) => move_to !== null).map((change) => [change.session_id, change]));
  if (asked.size === 0 && !isDraining) return [];
  const running = [...sessions.values()].filter((lifecycle) => lifecycle.phase === "running");
  const underWay = [...sessions.values()].filter((lifecycle) => lifecycle.isEnding).length;
  const settled = running.filter(({ session }) => !UNSETTLED.has(session.state));
  // A draining node waits for the others first, but not for ever: a code that is never scanned must not keep it.
  const candidates = isDraining && settled.length === 0 ? running : settled;
  const choices: HandOverChoice[] = [];
  for (const lifecycle of candidates) {
    const { sessionId } = lifecycle.session;
    const move = asked.get(sessionId);
    if (choices.length + underWay >= AT_ONCE) break;
    if ((move === undefined && !isDraining) || isSending(sessionId)) continue;
    const why = move?.move_reason ?? (isDraining ? "drain" : "requested");
    choices.push({ lifecycle, to: move?.move_to ?? null, why });
  }
  return choices;
}
