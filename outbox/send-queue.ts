/**
 * The send queues of a node: for every connected session the next message is claimed, handed to its session, and its
 * outcome written. A round writes the outcomes of earlier sends and claims the next messages, for all sessions in one
 * transaction.
 */
import { systemNow } from "../concurrency/clock.ts";
import { within } from "../concurrency/deadline.ts";
import type { EventDraft } from "../contracts/events.ts";
import type { SessionRun } from "../contracts/transport.ts";
import type { Sql } from "../db/database.ts";
import type { MessageRow } from "../db/rows/message.ts";
import { setNextSend } from "../db/statements/sessions/placements.ts";
import { CLAIMS_BEFORE_LOWEST, findWork, type ClaimingRun, type Work } from "./claim.ts";
import { completeMessages } from "./complete.ts";
import { dispatchMessage } from "./dispatch.ts";
import type { Outcome } from "./outcome.ts";
import { RecentSends } from "./recent-sends.ts";
import { nextGap, Pauses, type Pace, type PauseReason } from "./pace.ts";
import { lookUpMessage } from "./reconcile.ts";
import type { SendQueuesOptions } from "./session-port.ts";

/** A run of a session that is connected and may send, and its pace. */
export interface SendingRun extends SessionRun, Pace {}

interface SendQueue extends SendingRun, ClaimingRun {
  /** Something may be queued. */
  mayHaveQueued: boolean;
}

const QUEUES_PER_ROUND = 500;
/** ms between two lookups of the same message. */
const LOOKUP_INTERVAL = 2_000;
/** ms before a round that failed is repeated. */
const RETRY_DELAY = 500;
/** ms added to the timer of a gap, so that the gap is also over by the database's check when the timer fires. */
const TIMER_MARGIN = 5;

export class SendQueues {
  readonly #options: SendQueuesOptions;
  readonly #queues = new Map<string, SendQueue>();
  readonly #pauses = new Pauses();
  readonly #recent = new RecentSends();
  /** Sessions with a send or a lookup under way, even if their queue has been closed. */
  readonly #busy = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();
  /** Outcomes that the next round writes. */
  #outcomes: Outcome[] = [];
  #running: Promise<void> | undefined;
  /** True when another round is needed. */
  #requested = false;
  #retryTimer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: SendQueuesOptions) {
    this.#options = options;
  }

  /** The session is connected: it may send from now on. */
  open(run: SendingRun): void {
    if (this.#stopped) return;
    this.#pauses.cancel(run.sessionId);
    this.#queues.set(run.sessionId, { ...run, mayHaveQueued: true, mayHaveInFlight: true, claimsSinceLowest: 0 });
    this.#requestRound();
  }

  isOpen(sessionId: string): boolean {
    return this.#queues.has(sessionId);
  }

  /** Stops claiming for the session, which cannot send now. The outcome of a send under way is still written. */
  close(sessionId: string): void {
    this.#pauses.cancel(sessionId);
    this.#queues.delete(sessionId);
  }

  /** True while a message of the session is in flight. */
  isSending(sessionId: string): boolean {
    return this.#busy.has(sessionId);
  }

  /** How many sessions hold their next message back, by reason. */
  pauses(): Record<PauseReason, number> {
    return this.#pauses.counts();
  }

  /** Wakes the queues of these sessions: messages were queued for them. */
  nudge(sessionIds: Iterable<string>): void {
    let any = false;
    for (const sessionId of sessionIds) {
      const queue = this.#queues.get(sessionId);
      if (queue === undefined) continue;
      queue.mayHaveQueued = true;
      any = true;
    }
    if (any) this.#requestRound();
  }

  /**
   * Writes again what was sent and is no longer in the database, after another server has taken over. Returns how many.
   */
  async restoreSends(): Promise<number> {
    let lost: readonly EventDraft[] = [];
    await this.#options.commit(async (sql) => (lost = await this.#recent.restore(sql)));
    if (lost.length > 0) this.#options.onRestored(lost.length);
    return lost.length;
  }

  /** Claims nothing more, waits up to `ms` for sends that are under way, and writes their outcomes. */
  async stop(ms: number): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retryTimer);
    this.#pauses.cancelAll();
    await within(Promise.allSettled(this.#underWay), ms, () => new Error("sends are still under way")).catch(
      (error: unknown) => this.#options.log("warn", "not all sends have ended", { error: String(error) }),
    );
    await this.#running;
    if (this.#outcomes.length > 0) await this.#round().catch((error: unknown) => this.#logFailure(error));
  }

  #requestRound(): void {
    this.#requested = true;
    this.#running ??= this.#runRounds().finally(() => {
      this.#running = undefined;
      if (this.#requested && !this.#stopped) this.#retryTimer ??= setTimeout(() => this.#retry(), RETRY_DELAY);
    });
  }

  #retry(): void {
    this.#retryTimer = undefined;
    this.#requestRound();
  }

  async #runRounds(): Promise<void> {
    while (this.#requested && !this.#stopped) {
      this.#requested = false;
      try {
        await this.#round();
      } catch (error) {
        this.#requested = true;
        return this.#logFailure(error);
      }
    }
  }

  async #round(): Promise<void> {
    const outcomes = this.#outcomes.splice(0);
    const queues = this.#stopped ? [] : this.#readyQueues();
    if (outcomes.length === 0 && queues.length === 0) return;
    let work: Work = { toSend: [], toLookUp: [] };
    let tries = 0;
    try {
      await this.#options.commit(async (sql) => {
        // An earlier try may have been committed: the messages it claimed are in flight, and nothing sends them.
        if (tries++ > 0) for (const queue of queues) queue.mayHaveInFlight = true;
        const now = systemNow();
        const drafts = await completeMessages(sql, outcomes, now);
        work = await findWork(sql, queues, { incarnation: this.#options.incarnation, now });
        for (const row of work.toSend) await this.#pace(sql, row.session_id, now);
        return drafts;
      });
      this.#startWork(queues, work);
    } catch (error) {
      // The outcomes are still to be written, and the queues still to be claimed from.
      this.#outcomes.unshift(...outcomes);
      for (const queue of queues) queue.mayHaveInFlight = true;
      throw error;
    }
  }

  #readyQueues(): SendQueue[] {
    const ready: SendQueue[] = [];
    for (const queue of this.#queues.values()) {
      const { sessionId } = queue;
      if (!queue.mayHaveQueued || this.#busy.has(sessionId) || this.#pauses.has(sessionId)) continue;
      ready.push(queue);
      if (ready.length === QUEUES_PER_ROUND) {
        this.#requested = true;
        break;
      }
    }
    return ready;
  }

  /** Makes the session wait before its next send, on this node and on its next owner. */
  async #pace(sql: Sql, sessionId: string, now: number): Promise<void> {
    const queue = this.#queues.get(sessionId);
    const gap = queue === undefined ? 0 : nextGap(queue);
    if (gap === 0) return;
    this.#pause(sessionId, "pace", gap + TIMER_MARGIN);
    await setNextSend(sql, sessionId, now + gap);
  }

  #pause(sessionId: string, reason: PauseReason, ms: number): void {
    this.#pauses.start(sessionId, reason, ms, () => this.#requestRound());
  }

  #startWork(queues: readonly SendQueue[], { toSend, toLookUp }: Work): void {
    const sends = new Map<string, MessageRow>(toSend.map((row) => [row.session_id, row]));
    const lookups = new Map<string, MessageRow>(toLookUp.map((row) => [row.session_id, row]));
    for (const queue of queues) {
      queue.mayHaveInFlight = false;
      const [send, lookup] = [sends.get(queue.sessionId), lookups.get(queue.sessionId)];
      if (lookup !== undefined) this.#start(queue, lookup, lookUpMessage);
      else if (send !== undefined) this.#start(queue, send, dispatchMessage);
      else queue.mayHaveQueued = false;
    }
  }

  #start(queue: SendQueue, row: MessageRow, handle: typeof dispatchMessage): void {
    this.#busy.add(queue.sessionId);
    queue.claimsSinceLowest = queue.claimsSinceLowest >= CLAIMS_BEFORE_LOWEST ? 0 : queue.claimsSinceLowest + 1;
    const startedAt = performance.now();
    const done = handle(this.#options, queue, row).then((outcome) => {
      const ms = performance.now() - startedAt;
      this.#options.onAttempt({ outcome: outcome.kind, isLookup: handle === lookUpMessage, message: row, ms });
      this.#finish(row, outcome);
    });
    this.#underWay.add(done);
    void done.finally(() => this.#underWay.delete(done));
  }

  #finish(row: MessageRow, outcome: Outcome): void {
    const { session_id: sessionId } = row;
    if (outcome.kind === "sent") this.#recent.remember(row, outcome);
    this.#outcomes.push(outcome);
    this.#busy.delete(sessionId);
    const queue = this.#queues.get(sessionId);
    if (queue !== undefined) {
      queue.mayHaveQueued = true;
      if (outcome.kind === "unknown") queue.mayHaveInFlight = true;
      // The first lookup follows immediately; one without a result is repeated later.
      if (outcome.kind === "unknown" && row.status === "reconciling") this.#pause(sessionId, "lookup", LOOKUP_INTERVAL);
      // The session's next connection opens the queue again.
      if (outcome.kind === "not_sent" && outcome.notConnected) this.close(sessionId);
    }
    this.#requestRound();
  }

  #logFailure(error: unknown): void {
    this.#options.log("error", "sending round failed", { error: String(error) });
  }
}
