/**
 * States that session nodes have observed and cannot write at the moment: the database is away or its disk is full.
 * They are shown in place of the stored ones, which are out of date.
 */
import type { UnwrittenStates } from "../../contracts/broadcasts.ts";
import type { Session } from "../../contracts/routes/session.ts";

/** ms: nodes repeat the list every second; one that is silent for longer has ended, or has nothing unwritten. */
const FRESH = 5_000;

export class UnwrittenStateCache {
  readonly #ofNode = new Map<string, { readonly at: number; readonly states: UnwrittenStates["states"] }>();

  /** A node's list, in place of its last one. */
  note({ node, states }: UnwrittenStates): void {
    if (states.length === 0) this.#ofNode.delete(node);
    else this.#ofNode.set(node, { at: Date.now(), states });
  }

  /** The session with its observed state, if its node has one that is not stored. */
  apply(session: Session): Session {
    const list = session.node === null ? undefined : this.#ofNode.get(session.node);
    if (list === undefined || Date.now() - list.at > FRESH) return session;
    const found = list.states.find(({ sessionId, epoch }) => sessionId === session.id && epoch === session.epoch);
    if (found === undefined) return session;
    const { state, reason, evidence, since } = found;
    return {
      ...session,
      state,
      reason,
      since: new Date(since).toISOString(),
      evidence: { ...evidence, stored: false },
    };
  }
}
