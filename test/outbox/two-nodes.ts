/**
 * Two nodes as far as the database is concerned: each renews its lease, ends dead nodes, claims a session and its
 * message, sends and records the outcome, with the statements of the system. The network is a map.
 */
import { endExpired } from "../../actors/membership.ts";
import { createId, type Id } from "../../contracts/ids.ts";
import { databaseNow, type Database } from "../../db/database.ts";
import type { MessageRow } from "../../db/rows/message.ts";
import { takeOverInFlight } from "../../db/statements/messages/due-messages.ts";
import { renewLease } from "../../db/statements/sessions/nodes.ts";
import { claimSessions } from "../../db/statements/sessions/placements.ts";
import { findWork } from "../../outbox/claim.ts";
import { completeMessages } from "../../outbox/complete.ts";
import { sentOutcome, subjectOf, type Outcome } from "../../outbox/outcome.ts";
import { addSession, addTenant } from "../harness/session-rows.ts";
import { accept, CHAT, newText } from "./queued-messages.ts";

const TTL = 60_000;
const NO_LOAD = { load: 0, sessions: 0, starting: 0 };

/** What the database and the network look like before the first step. Node `a` may own the session under epoch 1. */
export interface StartState {
  readonly lease: "live" | "expired" | "dead";
  readonly isOwned: boolean;
  readonly message: "queued" | "claimed" | "claimed, sent" | "reconciling" | "reconciling, sent";
}

export const START_STATES: readonly StartState[] = (["live", "expired", "dead"] as const).flatMap((lease) =>
  [true, false].flatMap((isOwned) =>
    (["queued", "claimed", "claimed, sent", "reconciling", "reconciling, sent"] as const).map((message) => ({
      lease,
      isOwned,
      message,
    })),
  ),
);

/** The session's placement, and its message. */
export interface Sight {
  readonly epoch: number;
  readonly owner: string | null;
  readonly message: MessageRow;
}

/** The world that two nodes act on. */
export class World {
  readonly database: Database;
  /** How often the network got each message. */
  readonly sends = new Map<string, number>();
  readonly #tenantId: Id<"tenant">;
  readonly #sessionId: Id<"session">;

  private constructor(database: Database, tenantId: Id<"tenant">, sessionId: Id<"session">) {
    this.database = database;
    this.#tenantId = tenantId;
    this.#sessionId = sessionId;
  }

  static async create(database: Database): Promise<World> {
    const tenantId = await addTenant(database);
    return new World(database, tenantId, await addSession(database, tenantId));
  }

  /** Forgets what was before, and makes the start state, with a new message. Returns the two nodes. */
  async reset({ lease, isOwned, message }: StartState): Promise<readonly [TestNode, TestNode]> {
    const { database } = this;
    const now = databaseNow(database.dialect);
    this.sends.clear();
    for (const table of ["messages", "nodes"]) await database.run(`DELETE FROM ${table}`);
    const status = lease === "dead" ? "dead" : "up";
    for (const [name, state, ttl] of [
      ["a", status, lease === "live" ? TTL : -1],
      ["b", "up", TTL],
    ])
      await database.run(
        `INSERT INTO nodes (incarnation, node_id, host_id, status, lease_until, started_at, version, capacity, max_sessions,
           renewed_at) VALUES ($1, $1, $1, $2, ${now} + $3, 0, '', 1000, 100, 0)`,
        [name, state, ttl],
      );
    await database.run(
      "UPDATE placements SET owner_incarnation = $1, owner_node = $1, epoch = 1, next_send_at = 0, not_before = 0",
      [isOwned ? "a" : null],
    );
    const text = newText(this.#tenantId, this.#sessionId, { id: createId("message") });
    await accept(database, text);
    if (message !== "queued") {
      await database.run("UPDATE messages SET status = $1, claim_epoch = 1, attempts = 1, claim_deadline = $2", [
        message.startsWith("claimed") ? "sending" : "reconciling",
        Date.now() + TTL,
      ]);
      if (message.endsWith("sent")) this.sends.set(text.wa_id, 1);
    }
    // A node trusts a lease that it has renewed and that has not expired since.
    return [new TestNode(this, "a", isOwned ? 1 : null, lease === "live"), new TestNode(this, "b", null, true)];
  }

  async look(): Promise<Sight> {
    const [row] = await this.database.all<MessageRow & { epoch: number; owner: string | null }>(
      "SELECT m.*, p.epoch, p.owner_incarnation AS owner FROM placements p, messages m",
    );
    return { epoch: row!.epoch, owner: row!.owner, message: row! };
  }

  async expire(node: string): Promise<void> {
    const past = `${databaseNow(this.database.dialect)} - 1`;
    await this.database.run(`UPDATE nodes SET lease_until = ${past} WHERE incarnation = $1`, [node]);
  }

  get run(): { readonly sessionId: Id<"session">; readonly tenantId: Id<"tenant"> } {
    return { sessionId: this.#sessionId, tenantId: this.#tenantId };
  }
}

/** What a node can do; `expire` is what time does to it. */
export type StepName = "expire" | "renew" | "reap" | "claimSession" | "claimMessage" | "send" | "complete";

export class TestNode {
  readonly name: string;
  readonly #world: World;
  #epoch: number | null;
  #isTrusted: boolean;
  #toSend: MessageRow | undefined;
  #toLookUp: MessageRow | undefined;
  #outcome: Outcome | undefined;

  constructor(world: World, name: string, epoch: number | null, isTrusted: boolean) {
    this.#world = world;
    this.name = name;
    this.#epoch = epoch;
    this.#isTrusted = isTrusted;
  }

  /** `database` is the connection to use. */
  async step(step: StepName, database = this.#world.database): Promise<void> {
    switch (step) {
      case "expire":
        // A node stops trusting its lease before that is over.
        this.#isTrusted = false;
        return this.#world.expire(this.name);
      case "renew":
        this.#isTrusted = (await renewLease(database, this.name, TTL, NO_LOAD)) !== null;
        return;
      case "reap":
        return void (await endExpired(database));
      case "claimSession":
        return this.#claimSession(database);
      case "claimMessage":
        return this.#claimMessage(database);
      case "send":
        return this.#send();
      case "complete":
        return this.#complete(database);
    }
  }

  async #claimSession(database: Database): Promise<void> {
    const request = { incarnation: this.name, nodeId: this.name, limit: 1 };
    const [claimed] = await database.transaction((sql) => claimSessions(sql, request));
    if (claimed === undefined) return;
    this.#epoch = claimed.epoch;
    await takeOverInFlight(database, claimed.session_id, claimed.epoch, Date.now());
  }

  async #claimMessage(database: Database): Promise<void> {
    // Also when its lease is over and it does not know: the statement decides.
    if (this.#epoch === null) return;
    const run = { ...this.#world.run, epoch: this.#epoch, mayHaveInFlight: true, claimsSinceLowest: 0 };
    const work = await database.transaction((sql) => findWork(sql, [run], { incarnation: this.name, now: Date.now() }));
    [this.#toSend, this.#toLookUp] = [work.toSend[0], work.toLookUp[0]];
  }

  /** Sends what was claimed, or looks up what an earlier run has left; both only while the lease is trusted. */
  #send(): void {
    const { sends } = this.#world;
    if (this.#epoch === null || !this.#isTrusted) return;
    const run = { ...this.#world.run, epoch: this.#epoch };
    if (this.#toSend !== undefined) {
      const row = this.#toSend;
      sends.set(row.wa_id, (sends.get(row.wa_id) ?? 0) + 1);
      this.#outcome = sentOutcome(run, row, receiptOf(row));
    } else if (this.#toLookUp !== undefined) {
      const row = this.#toLookUp;
      this.#outcome = sends.has(row.wa_id)
        ? sentOutcome(run, row, receiptOf(row))
        : { ...subjectOf(run, row), kind: "not_found" };
    }
  }

  async #complete(database: Database): Promise<void> {
    const outcome = this.#outcome;
    if (outcome === undefined) return;
    [this.#outcome, this.#toSend, this.#toLookUp] = [undefined, undefined, undefined];
    await database.transaction((sql) => completeMessages(sql, [outcome], Date.now()));
  }
}

function receiptOf(row: MessageRow) {
  const chat = { chatId: CHAT, phone: null, lid: null };
  return { ack: 1, key: `true_${CHAT}_${row.wa_id}`, chat, at: Date.now() };
}

/** Every order in which the steps of two programs can follow each other. */
export function* ordersOf<S>(first: readonly S[], second: readonly S[]): Generator<readonly S[]> {
  if (first.length === 0 && second.length === 0) yield [];
  if (first.length > 0) for (const rest of ordersOf(first.slice(1), second)) yield [first[0]!, ...rest];
  if (second.length > 0) for (const rest of ordersOf(first, second.slice(1))) yield [second[0]!, ...rest];
}
