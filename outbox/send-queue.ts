/**
 * Sending: for every connected session of this node the next due message is claimed, handed to its actor, and its outcome
 * written. A round writes the outcomes of the last one and claims for the next, for all sessions at once, in one transaction.
 */
import type { Id } from "../contracts/ids.ts";
import type { Sql } from "../db/database.ts";
import { claimMessages } from "../db/statements/messages/claim-messages.ts";
import { selectInFlight } from "../db/statements/messages/due-messages.ts";
import { setNextSend } from "../db/statements/sessions/placements.ts";
import { completeMessages, type Outcome } from "./complete.ts";
import type { MessageRow } from "../db/rows/message.ts";
import { dispatchMessage, lookUpMessage, type Dispatch } from "./dispatch.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { NodeEventListener } from "../actors/node-events.ts";
import type { Round } from "../actors/recording/recorder.ts";

/** A session that may send: connected, under this epoch. */
export interface OpenLane {
  readonly sessionId: Id<"session">;
  readonly tenantId: Id<"tenant">;
  readonly epoch: number;
  /** ms between sends, and at most so many more by chance. */
  readonly gap: number;
  readonly jitter: number;
}

interface LaneState extends OpenLane {
  /** Something may be queued. */
  hungry: boolean;
  /** Something may have been in flight when an earlier run or round ended: to be looked up before anything is sent. */
  unsettled: boolean;
  /** Claims since the lowest priority had its turn. */
  streak: number;
  timer: NodeJS.Timeout | undefined;
  /** What the timer is for. */
  pause: Pause;
}

type Pause = "pace" | "lookup";

/** What a round has found to do: the next message of a lane, or one of which it is not known what became. */
interface Work {
  readonly claimed: readonly MessageRow[];
  readonly unsettled: readonly MessageRow[];
}

export interface LaneRunnerOptions extends Dispatch {
  /** Carries out a round in a transaction, and commits it. */
  readonly commit: (round: Round) => Promise<void>;
  readonly incarnation: string;
  readonly log: ActorLog;
  readonly tell: NodeEventListener;
}

/** After so many claims of higher priority the lowest gets its turn. */
const FAIRNESS = 20;
const LANES_PER_ROUND = 500;
/** ms between two lookups of the same message. */
const LOOK_AGAIN = 2_000;
/** ms before a round that could not be written is tried again. */
const RETRY = 500;

export class LaneRunner {
  readonly #options: LaneRunnerOptions;
  readonly #lanes = new Map<string, LaneState>();
  /** Sessions with a message in flight, also while their lane is closed. */
  readonly #busy = new Set<string>();
  #outcomes: Outcome[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  #running: Promise<void> | undefined;
  #wanted = false;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: LaneRunnerOptions) {
    this.#options = options;
  }

  /** The session is connected: it may send from now on. */
  open(lane: OpenLane): void {
    if (this.#stopped) return;
    clearTimeout(this.#lanes.get(lane.sessionId)?.timer);
    this.#lanes.set(lane.sessionId, {
      ...lane,
      hungry: true,
      unsettled: true,
      streak: 0,
      timer: undefined,
      pause: "pace",
    });
    this.#wake();
  }

  isOpen(sessionId: string): boolean {
    return this.#lanes.has(sessionId);
  }

  /** The session can't send now; what is in flight ends as it may. */
  close(sessionId: string): void {
    const lane = this.#lanes.get(sessionId);
    clearTimeout(lane?.timer);
    this.#lanes.delete(sessionId);
  }

  /** How many lanes hold their next message back, and why. */
  pauses(): Record<Pause, number> {
    const pauses = { pace: 0, lookup: 0 };
    for (const { timer, pause } of this.#lanes.values()) if (timer !== undefined) pauses[pause] += 1;
    return pauses;
  }

  /** Something was queued for these sessions. */
  nudge(sessionIds: Iterable<string>): void {
    let any = false;
    for (const sessionId of sessionIds) {
      const lane = this.#lanes.get(sessionId);
      if (lane === undefined) continue;
      lane.hungry = true;
      any = true;
    }
    if (any) this.#wake();
  }

  /** Claims nothing more, waits for what is in flight up to `ms`, and writes the outcomes. */
  async stop(ms: number): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    for (const lane of this.#lanes.values()) clearTimeout(lane.timer);
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    await Promise.race([Promise.allSettled(this.#inFlight), promise]);
    clearTimeout(timer);
    await this.#running;
    if (this.#outcomes.length > 0) await this.#round().catch((error: unknown) => this.#note(error));
  }

  #wake(): void {
    this.#wanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#wanted && !this.#stopped) this.#retry ??= setTimeout(() => this.#resume(), RETRY);
    });
  }

  #resume(): void {
    this.#retry = undefined;
    this.#wake();
  }

  async #run(): Promise<void> {
    while (this.#wanted && !this.#stopped) {
      this.#wanted = false;
      try {
        await this.#round();
      } catch (error) {
        this.#wanted = true;
        return this.#note(error);
      }
    }
  }

  async #round(): Promise<void> {
    const outcomes = this.#outcomes.splice(0);
    const lanes = this.#stopped ? [] : this.#idleLanes();
    if (outcomes.length === 0 && lanes.length === 0) return;
    let work: Work = { claimed: [], unsettled: [] };
    let tries = 0;
    try {
      await this.#options.commit(async (sql) => {
        // Whether an earlier try was committed is not known: what it claimed would be in nobody's hands.
        if (tries++ > 0) for (const lane of lanes) lane.unsettled = true;
        const now = Date.now();
        const drafts = await completeMessages(sql, outcomes, now);
        work = await this.#claim(sql, lanes, now);
        return drafts;
      });
      this.#settleLanes(lanes, work);
    } catch (error) {
      // The outcomes are still to be told, and the lanes still hungry.
      this.#outcomes.unshift(...outcomes);
      for (const lane of lanes) lane.unsettled = true;
      throw error;
    }
  }

  #idleLanes(): LaneState[] {
    const idle: LaneState[] = [];
    for (const lane of this.#lanes.values()) {
      if (!lane.hungry || this.#busy.has(lane.sessionId) || lane.timer !== undefined) continue;
      idle.push(lane);
      if (idle.length === LANES_PER_ROUND) {
        this.#wanted = true;
        break;
      }
    }
    return idle;
  }

  async #claim(sql: Sql, lanes: readonly LaneState[], now: number): Promise<Work> {
    const unsettledLanes = lanes.filter((lane) => lane.unsettled);
    const unsettled =
      unsettledLanes.length === 0
        ? []
        : await selectInFlight<MessageRow>(
            sql,
            unsettledLanes.map((lane) => lane.sessionId),
          );
    const waiting = new Set(unsettled.map((row) => row.session_id));
    const ready = lanes.filter((lane) => !waiting.has(lane.sessionId));
    const claimed: MessageRow[] = [];
    for (const lowestFirst of [false, true]) {
      const some = ready.filter((lane) => lane.streak >= FAIRNESS === lowestFirst);
      if (some.length > 0)
        claimed.push(
          ...(await claimMessages<MessageRow>(sql, {
            lanes: some,
            incarnation: this.#options.incarnation,
            now,
            deadline: 180_000,
            lowestFirst,
          })),
        );
    }
    for (const row of claimed) {
      const lane = this.#lanes.get(row.session_id);
      if (lane !== undefined && lane.gap + lane.jitter > 0)
        await setNextSend(sql, lane.sessionId, now + this.#pause(lane));
    }
    return { claimed, unsettled };
  }

  #pause(lane: LaneState): number {
    const pause = lane.gap + Math.round(Math.random() * lane.jitter);
    this.#hold(lane, pause + 5, "pace");
    return pause;
  }

  /** The lane does nothing for `ms`. */
  #hold(lane: LaneState, ms: number, pause: Pause): void {
    clearTimeout(lane.timer);
    lane.pause = pause;
    lane.timer = setTimeout(() => {
      lane.timer = undefined;
      this.#wake();
    }, ms);
  }

  #settleLanes(lanes: readonly LaneState[], { claimed, unsettled }: Work): void {
    const claimedRows = new Map(claimed.map((row) => [row.session_id, row]));
    const unsettledRows = new Map(unsettled.map((row) => [row.session_id, row]));
    for (const lane of lanes) {
      lane.unsettled = false;
      const [row, doubtful] = [claimedRows.get(lane.sessionId), unsettledRows.get(lane.sessionId)];
      if (doubtful !== undefined) this.#start(lane, doubtful, lookUpMessage);
      else if (row !== undefined) this.#start(lane, row, dispatchMessage);
      else lane.hungry = false;
    }
  }

  #start(lane: LaneState, row: MessageRow, handle: typeof dispatchMessage): void {
    this.#busy.add(lane.sessionId);
    lane.streak = lane.streak >= FAIRNESS ? 0 : lane.streak + 1;
    const begun = performance.now();
    const done = handle(this.#options, lane, row).then((outcome) => {
      this.#options.tell({
        type: "attempt",
        outcome: outcome.kind,
        isLookup: handle === lookUpMessage,
        message: row,
        ms: performance.now() - begun,
      });
      this.#finish(row, outcome);
    });
    this.#inFlight.add(done);
    void done.finally(() => this.#inFlight.delete(done));
  }

  #finish(row: MessageRow, outcome: Outcome): void {
    this.#outcomes.push(outcome);
    this.#busy.delete(row.session_id);
    const lane = this.#lanes.get(row.session_id);
    if (lane !== undefined) {
      lane.hungry = true;
      // What is of unknown outcome is looked up before anything else; a lookup that could not tell is made again after a while.
      if (outcome.kind === "unknown") lane.unsettled = true;
      if (outcome.kind === "unknown" && row.status === "reconciling") this.#hold(lane, LOOK_AGAIN, "lookup");
      // A session that was not ready is opened again when it is connected.
      if (outcome.kind === "not_sent" && outcome.wait) this.close(row.session_id);
    }
    this.#wake();
  }

  #note(error: unknown): void {
    this.#options.log("error", "sending round failed", { error: String(error) });
  }
}
