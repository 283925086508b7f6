/**
 * Writes what actors report. Events of many sessions share a transaction, and each is checked against the epoch of its
 * actor: an event of an actor that no longer owns its session is refused, and the actor must stop. The rounds of the
 * send queues are written in the same transactions, so that two transactions of a node never wait for each other's
 * locks on the event streams.
 */
import { systemNow } from "../../concurrency/clock.ts";
import type { Address } from "../../contracts/address.ts";
import type { EventDraft } from "../../contracts/events.ts";
import type { Database, Sql } from "../../db/database.ts";
import { isOutage } from "../../db/failures.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { lockOwnedSessions } from "../../db/statements/messages/lock-messages.ts";
import { acknowledgeMessages, type Acknowledgement } from "../../outbox/acknowledge.ts";
import { applyContentChange } from "../../outbox/content-change.ts";
import type { Round } from "../../outbox/session-port.ts";
import { GroupCommit } from "../../db/group-commit.ts";
import type { ActorLog } from "../../contracts/log.ts";
import type { NodeEventListener } from "../node-events.ts";
import type { SessionEvent } from "../protocol.ts";
import { prepareInbound, recordInbound, type PreparedInbound } from "./inbound.ts";
import { liveEvent } from "./live.ts";
import type { SessionState } from "../../contracts/states.ts";
import type { SessionRun } from "../../contracts/transport.ts";
import { recordState } from "./state.ts";

interface StateReport {
  readonly source: SessionRun;
  readonly event: Extract<SessionEvent, { type: "state" }>;
}
type Report =
  | { readonly source: SessionRun; readonly event: Exclude<SessionEvent, { type: "message" }> }
  | { readonly source: SessionRun; readonly inbound: PreparedInbound };
type Item = Report | { readonly round: Round };

/** States that an operator may have to look at; their log lines carry the evidence. */
const TROUBLE: ReadonlySet<SessionState> = new Set(["degraded", "reconnecting", "logged_out", "failed"]);

/** Thrown for an event whose actor no longer owns its session. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

export interface RecorderOptions {
  readonly database: Database;
  readonly incarnation: string;
  readonly dataDir: string;
  readonly log: ActorLog;
  /** False once a failed write must not be retried: the lease is lost, or the node is stopping. */
  readonly mayRetry: () => boolean;
  /** Called after events were committed. */
  readonly announce: () => void;
  readonly onEvent: NodeEventListener;
}

/** ms before a transaction that could not reach the database is retried. */
const RETRY_DELAY = 500;

export class Recorder {
  readonly #commits: GroupCommit<Item, null>;
  readonly #options: RecorderOptions;
  /** The events of the current transaction, or of the last one. */
  #drafts: readonly EventDraft[] = [];
  /** The changes of sessions' states in the current transaction, or in the last one. */
  #states: StateReport[] = [];
  /**
   * By session, while its media are written to disk: resolves when everything that the session has reported so far is
   * in the write queue.
   */
  readonly #preparing = new Map<string, Promise<void>>();

  constructor(options: RecorderOptions) {
    this.#options = options;
    const database: Pick<Database, "transaction"> = {
      transaction: (work) => this.#retryOutages(() => options.database.transaction(work)),
    };
    this.#commits = new GroupCommit({
      database,
      write: (sql, items) => this.#write(sql, items),
      committed: () => this.#committed(),
    });
  }

  /** Resolves when the event is committed; rejects with LeaseLost when the actor no longer owns the session. */
  async record(source: SessionRun, event: SessionEvent): Promise<void> {
    const report = this.#prepare(source, event);
    const ahead = this.#preparing.get(source.sessionId);
    if (ahead === undefined && !(report instanceof Promise)) await this.#submit(report);
    else await this.#submitInTurn(source.sessionId, Promise.allSettled([report, ahead]));
  }

  #prepare(source: SessionRun, event: SessionEvent): Report | Promise<Report> {
    if (event.type !== "message") return { source, event };
    const inbound = prepareInbound(this.#options.dataDir, source, event.message);
    return inbound instanceof Promise ? inbound.then((ready) => ({ source, inbound: ready })) : { source, inbound };
  }

  #submit(report: Report): Promise<null> {
    return "event" in report && report.event.type === "ack"
      ? this.#commits.submitDeferred(report)
      : this.#commits.submit(report);
  }

  /**
   * Later events must not overtake a message whose media are being written: an edit would find no message to change.
   */
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

  /** Resolves when the round is committed, after everything that was reported before it. */
  async commit(round: Round): Promise<void> {
    await this.#commits.submit({ round });
  }

  /** Resolves when everything reported so far is written. */
  async drain(): Promise<void> {
    while (this.#preparing.size > 0) await Promise.all(this.#preparing.values());
    return this.#commits.drain();
  }

  /**
   * Retries while the database cannot be reached; later writes wait. An actor reports each state only once: if the
   * report were refused, the session's row would keep the old state.
   */
  async #retryOutages<T>(write: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await write();
      } catch (error) {
        if (!isOutage(error) || !this.#options.mayRetry()) throw error;
        if (tries === 1)
          this.#options.log("warn", "session events are waiting for the database", { error: String(error) });
        await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY));
      }
    }
  }

  async #write(sql: Sql, items: readonly Item[]): Promise<(null | Error)[]> {
    const now = systemNow();
    this.#states = [];
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
      "round" in item || owned.has(item.source.sessionId) ? null : new LeaseLost("another node owns this session"),
    );
  }

  #committed(): void {
    const { announce, onEvent } = this.#options;
    announce();
    for (const { source, event } of this.#states) this.#logState(source, event);
    for (const { type, data } of this.#drafts) {
      // A message that was sent from the phone was never in the queue and has no previous status.
      if (!("previousStatus" in data)) continue;
      if (type === "message.sent") onEvent({ type: "finished", status: "sent", code: "" });
      if (type === "message.failed") onEvent({ type: "finished", status: "failed", code: codeOf(data["error"]) });
    }
  }

  #logState({ sessionId, tenantId, epoch }: SessionRun, { state, reason, evidence }: StateReport["event"]): void {
    const isTrouble = TROUBLE.has(state);
    const details = { sessionId, tenantId, state, reason, epoch, ...(isTrouble ? { evidence } : {}) };
    this.#options.log(isTrouble ? "warn" : "info", "session state changed", details);
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
      if ("event" in report && report.event.type === "ack") {
        acks.push({
          sessionId: report.source.sessionId,
          waId: report.event.waId,
          ack: report.event.ack,
          at: report.event.at,
          chatId: report.event.chat,
        });
        continue;
      }
      // Acknowledgements are written before the event that follows them, so that the log keeps the order.
      if (acks.length > 0) await flushAcks();
      drafts.push(...(await this.#writeOne(sql, report, now)));
    }
    await flushAcks();
    return drafts;
  }

  async #writeOne(sql: Sql, report: Report, now: number): Promise<readonly EventDraft[]> {
    if ("inbound" in report) return recordInbound(sql, report.source, report.inbound, now);
    const { source, event } = report;
    switch (event.type) {
      case "state": {
        const { isNew, drafts } = await recordState(sql, source, event, now);
        if (isNew) this.#states.push({ source, event });
        return drafts;
      }
      case "edited":
      case "revoked":
        return applyContentChange(sql, source, { ...event, target: event.key, ...chatOf(event.chat) }, now);
      case "reaction":
      case "poll_vote":
        return applyContentChange(sql, source, { ...event, ...chatOf(event.chat) }, now);
      case "ack":
        return [];
      default:
        return [liveEvent(source, event)];
    }
  }
}

function chatOf({ chatId, lid }: Address): { chatId: string; chatLid: string | null } {
  return { chatId, chatLid: lid };
}

/** The code of an event's error; empty when it has none. */
function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
