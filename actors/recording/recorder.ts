/**
 * Writes what actors report: many sessions' facts share a transaction, each checked against the epoch under which its actor
 * runs. A fact of an actor that is no longer the owner is refused, and the actor must go.
 */
import type { EventDraft } from "../../contracts/events.ts";
import type { Database, Sql } from "../../db/database.ts";
import { appendEvents } from "../../db/statements/append-events.ts";
import { lockOwnedSessions } from "../../db/statements/lock-messages.ts";
import { acknowledgeMessages, type Acknowledgement } from "../../outbox/acknowledge.ts";
import { GroupCommit } from "../../outbox/group-commit.ts";
import type { Fact } from "../protocol.ts";
import { recordChange } from "./changes.ts";
import { prepareInbound, recordInbound, type PreparedInbound } from "./inbound.ts";
import { liveEvent } from "./live.ts";
import type { FactSource } from "./fact-source.ts";
import { recordState } from "./state.ts";

type Item =
  { readonly source: FactSource; readonly fact: Exclude<Fact, { type: "message" }> } | { readonly source: FactSource; readonly inbound: PreparedInbound };

/** Thrown for a fact whose actor no longer owns the session. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

export interface RecorderOptions {
  readonly database: Database;
  readonly incarnation: string;
  readonly dataDir: string;
  /** Called after events were committed. */
  readonly announce: () => void;
}

export class Recorder {
  readonly #commits: GroupCommit<Item, null>;
  readonly #options: RecorderOptions;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#commits = new GroupCommit({ database: options.database, write: (sql, items) => this.#write(sql, items), committed: options.announce });
  }

  /** Resolves when the fact is committed; rejects with LeaseLost when it must not be. */
  async record(source: FactSource, fact: Fact): Promise<void> {
    if (fact.type === "message") {
      await this.#commits.submit({ source, inbound: await prepareInbound(this.#options.dataDir, source, fact.message) });
    } else {
      await this.#commits.submit({ source, fact });
    }
  }

  /** Settles when everything reported so far is written. */
  drain(): Promise<void> {
    return this.#commits.drain();
  }

  async #write(sql: Sql, items: readonly Item[]): Promise<(null | Error)[]> {
    const now = Date.now();
    const owned = await lockOwnedSessions(
      sql,
      items.map((item) => item.source),
      this.#options.incarnation,
    );
    const drafts: EventDraft[] = [];
    const acks: Acknowledgement[] = [];
    const flushAcks = async () => void drafts.push(...(await acknowledgeMessages(sql, acks.splice(0), now)));
    const results: (null | Error)[] = [];
    for (const item of items) {
      if (!owned.has(item.source.sessionId)) {
        results.push(new LeaseLost("another run of this session has taken over"));
        continue;
      }
      results.push(null);
      if ("fact" in item && item.fact.type === "ack") {
        acks.push({ sessionId: item.source.sessionId, waId: item.fact.waId, ack: item.fact.ack, at: item.fact.at });
        continue;
      }
      // What came after an acknowledgement must find it written, so that the log keeps the order of what happened.
      if (acks.length > 0) await flushAcks();
      drafts.push(...(await this.#writeOne(sql, item, now)));
    }
    await flushAcks();
    await appendEvents(sql, drafts, now);
    return results;
  }

  async #writeOne(sql: Sql, item: Item, now: number): Promise<readonly EventDraft[]> {
    if ("inbound" in item) return recordInbound(sql, item.source, item.inbound, now);
    const { source, fact } = item;
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
