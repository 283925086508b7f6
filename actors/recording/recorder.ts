/**
 * Writes what actors report: many sessions' facts share a transaction, each checked against the epoch under which its actor
 * runs. A fact of an actor that is no longer the owner is refused, and the actor must go. The rounds of sending join in: one
 * commit for what a node has to write, and no two transactions of a node that wait for each other's place in the event log.
 */
import type { EventDraft } from "../../contracts/events.ts";
import type { Database, Sql } from "../../db/database.ts";
import { isOutage } from "../../db/failures.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { lockOwnedSessions } from "../../db/statements/messages/lock-messages.ts";
import { acknowledgeMessages, type Acknowledgement } from "../../outbox/acknowledge.ts";
import type { Round } from "../../outbox/session-port.ts";
import { GroupCommit } from "../../db/group-commit.ts";
import type { ActorLog } from "../../contracts/log.ts";
import type { NodeEventListener } from "../node-events.ts";
import type { SessionEvent } from "../protocol.ts";
import { recordChange } from "./changes.ts";
import { prepareInbound, recordInbound, type PreparedInbound } from "./inbound.ts";
import { liveEvent } from "./live.ts";
import type { SessionRun } from "../../contracts/transport.ts";
import { recordState } from "./state.ts";

type Report =
  | { readonly source: SessionRun; readonly fact: Exclude<SessionEvent, { type: "message" }> }
  | { readonly source: SessionRun; readonly inbound: PreparedInbound };
type Item = Report | { readonly round: Round };

/** Thrown for a fact whose actor no longer owns the session. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

export interface RecorderOptions {
  readonly database: Database;
  readonly incarnation: string;
  readonly dataDir: string;
  readonly log: ActorLog;
  /** False once nothing more can be written under this incarnation, or no more time is left for it. */
  readonly isWanted: () => boolean;
  /** Called after events were committed. */
  readonly announce: () => void;
  readonly onEvent: NodeEventListener;
}

/** ms before a transaction that found no database is tried again. */
const RETRY = 500;

export class Recorder {
  readonly #commits: GroupCommit<Item, null>;
  readonly #options: RecorderOptions;
  /** The events of the transaction that is being written, or was last. */
  #drafts: readonly EventDraft[] = [];
  /** Settles when what a session has reported so far waits for its transaction. An entry only while media of the session are being put on disk. */
  readonly #preparing = new Map<string, Promise<void>>();

  constructor(options: RecorderOptions) {
    this.#options = options;
    const database: Pick<Database, "transaction"> = {
      transaction: (work) => this.#insist(() => options.database.transaction(work)),
    };
    this.#commits = new GroupCommit({
      database,
      write: (sql, items) => this.#write(sql, items),
      committed: () => this.#committed(),
    });
  }

  /** Resolves when the fact is committed; rejects with LeaseLost when it must not be. */
  async record(source: SessionRun, fact: SessionEvent): Promise<void> {
    const report = this.#prepare(source, fact);
    const ahead = this.#preparing.get(source.sessionId);
    if (ahead === undefined && !(report instanceof Promise)) await this.#submit(report);
    else await this.#submitInTurn(source.sessionId, Promise.allSettled([report, ahead]));
  }

  #prepare(source: SessionRun, fact: SessionEvent): Report | Promise<Report> {
    if (fact.type !== "message") return { source, fact };
    const inbound = prepareInbound(this.#options.dataDir, source, fact.message);
    return inbound instanceof Promise ? inbound.then((ready) => ({ source, inbound: ready })) : { source, inbound };
  }

  #submit(report: Report): Promise<null> {
    return "fact" in report && report.fact.type === "ack"
      ? this.#commits.submitDeferred(report)
      : this.#commits.submit(report);
  }

  /** What follows a message must not overtake it while its media are put on disk: an edit would find nothing, and the log be out of order. */
  async #submitInTurn(sessionId: string, ready: Promise<[PromiseSettledResult<Report>, unknown]>): Promise<void> {
    const { promise: queued, resolve } = Promise.withResolvers<void>();
    this.#preparing.set(sessionId, queued);
    let written: Promise<null>;
    try {
      const [prepared] = await ready;
      if (prepared.status === "rejected") throw prepared.reason;
      written = this.#submit(prepared.value);
    } finally {
      resolve();
      if (this.#preparing.get(sessionId) === queued) this.#preparing.delete(sessionId);
    }
    await written;
  }

  /** Resolves when the round is committed, after what was reported before it. */
  async commit(round: Round): Promise<void> {
    await this.#commits.submit({ round });
  }

  /** Settles when everything reported so far is written. */
  async drain(): Promise<void> {
    while (this.#preparing.size > 0) await Promise.all(this.#preparing.values());
    return this.#commits.drain();
  }

  /**
   * A database that is away is waited for, and everything behind with it. An actor says once how it is: refused, its word
   * would be lost, and the session would stay in the books as it was before.
   */
  async #insist<T>(write: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await write();
      } catch (error) {
        if (!isOutage(error) || !this.#options.isWanted()) throw error;
        if (tries === 1)
          this.#options.log("warn", "what sessions report waits for the database", { error: String(error) });
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }

  async #write(sql: Sql, items: readonly Item[]): Promise<(null | Error)[]> {
    const now = Date.now();
    const reports = items.filter((item): item is Report => !("round" in item));
    const owned = reports.length === 0 ? new Set<string>() : await this.#lockOwned(sql, reports);
    const drafts = await this.#writeReports(
      sql,
      reports.filter(({ source }) => owned.has(source.sessionId)),
      now,
    );
    for (const item of items) if ("round" in item) drafts.push(...(await item.round(sql)));
    await appendEvents(sql, drafts, now);
    this.#drafts = drafts;
    return items.map((item) =>
      "round" in item || owned.has(item.source.sessionId)
        ? null
        : new LeaseLost("another run of this session has taken over"),
    );
  }

  #committed(): void {
    const { announce, onEvent } = this.#options;
    announce();
    for (const { type, data } of this.#drafts) {
      // What the account sent by itself, from a phone, never was in our queue, and climbed no step.
      if (!("previousStatus" in data)) continue;
      if (type === "message.sent") onEvent({ type: "finished", status: "sent", code: "" });
      if (type === "message.failed") onEvent({ type: "finished", status: "failed", code: codeOf(data["error"]) });
    }
  }

  #lockOwned(sql: Sql, reports: readonly Report[]): Promise<Set<string>> {
    return lockOwnedSessions(
      sql,
      reports.map(({ source }) => source),
      this.#options.incarnation,
    );
  }

  async #writeReports(sql: Sql, reports: readonly Report[], now: number): Promise<EventDraft[]> {
    const drafts: EventDraft[] = [];
    const acks: Acknowledgement[] = [];
    const flushAcks = async () => void drafts.push(...(await acknowledgeMessages(sql, acks.splice(0), now)));
    for (const report of reports) {
      if ("fact" in report && report.fact.type === "ack") {
        acks.push({
          sessionId: report.source.sessionId,
          waId: report.fact.waId,
          ack: report.fact.ack,
          at: report.fact.at,
        });
        continue;
      }
      // What came after an acknowledgement must find it written, so that the log keeps the order of what happened.
      if (acks.length > 0) await flushAcks();
      drafts.push(...(await this.#writeOne(sql, report, now)));
    }
    await flushAcks();
    return drafts;
  }

  async #writeOne(sql: Sql, report: Report, now: number): Promise<readonly EventDraft[]> {
    if ("inbound" in report) return recordInbound(sql, report.source, report.inbound, now);
    const { source, fact } = report;
    switch (fact.type) {
      case "state":
        return recordState(sql, source, fact, now);
      case "edited":
      case "revoked":
      case "reaction":
        return recordChange(sql, source, fact, now);
      case "ack":
        return [];
      default:
        return [liveEvent(source, fact)];
    }
  }
}

/** The closed code of an event's error. */
function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
