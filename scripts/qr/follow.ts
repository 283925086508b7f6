/** Follows a session until it is linked, and reports each state and each QR code once. */
import { setTimeout } from "node:timers/promises";
import type { Qr } from "../../contracts/routes/pairing.ts";
import type { Session } from "../../contracts/routes/session.ts";
import type { z } from "zod";
import { SESSION_REASON_WORDS, SESSION_STATE_WORDS } from "../../contracts/states.ts";
import { Refusal, type Client } from "./client.ts";

type Code = z.infer<typeof Qr>;

/** ms between two looks at the session. */
const INTERVAL = 700;
/** Looks in a row without an answer after which the system counts as gone. */
const MAX_FAILURES = 20;

export interface Screen {
  /** A new code, which replaces the one before. */
  showCode(code: Code): Promise<void>;
  showStatus(words: string): void;
}

/** Resolves with the connected session. Throws a Refusal for a state in which no code will come. */
export async function followSession(client: Client, name: string, screen: Screen): Promise<Session> {
  let shown = "";
  let failures = 0;
  for (;;) {
    try {
      const session = await client.ask<Session>("GET", `/sessions/${encodeURIComponent(name)}`);
      failures = 0;
      if (session.state === "connected") return session;
      refuseEnded(session);
      screen.showStatus(wordsOf(session));
      if (session.state === "qr") shown = await showCode(client, session, shown, screen);
    } catch (error) {
      // Without a code there was no answer: the system may be restarting.
      if (!(error instanceof Refusal) || error.code !== undefined || ++failures > MAX_FAILURES) throw error;
    }
    await setTimeout(INTERVAL);
  }
}

async function showCode(client: Client, { id }: Session, shown: string, screen: Screen): Promise<string> {
  try {
    const code = await client.ask<Code>("GET", `/sessions/${id}/qr`);
    if (code.qr !== shown) await screen.showCode(code);
    return code.qr;
  } catch (error) {
    // The code can end between the two requests; what the session does instead is the next thing to show.
    if (error instanceof Refusal && (error.code === "no_qr" || error.code === "already_linked")) return shown;
    throw error;
  }
}

/** States of a session that runs, but that only a person can get out of. */
function refuseEnded(session: Session): void {
  const isRetried = Number(session.evidence["retryInMs"]) > 0;
  if (session.state === "failed" && !isRetried) throw new Refusal(wordsOf(session), "failed");
  if (session.desired === "stopped") throw new Refusal(`the session was stopped: ${wordsOf(session)}`, "stopped");
}

function wordsOf({ state, reason, evidence }: Session): string {
  const isTrouble = state === "failed" || state === "reconnecting" || state === "logged_out";
  const more = evidence["help"] ?? evidence["error"];
  if (!isTrouble) return SESSION_STATE_WORDS[state];
  const why = `${SESSION_STATE_WORDS[state]}: ${SESSION_REASON_WORDS[reason]}`;
  return more === undefined || more === null ? why : `${why} (${more})`;
}
