/** The table of transitions: every pair of statuses, and the statements that move messages. */
import { STORED_STATUSES, type StoredStatus } from "../../contracts/states.ts";
import { createId, type Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import type { NewMessage } from "../../db/rows/message.ts";
import { claimMessages } from "../../db/statements/messages/claim-messages.ts";
import { selectDueMessages, selectInFlight, takeOverInFlight } from "../../db/statements/messages/due-messages.ts";
import { insertMessages } from "../../db/statements/messages/insert-messages.ts";
import { cancelMessage } from "../../outbox/cancel.ts";
import { enqueueAndExpire } from "../../outbox/enqueue-and-expire.ts";
import { canMove, isInFlight, requireMove, STATUS_RANK, type Mover } from "../../outbox/message-states.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addSession, addTenant, openTestDatabase } from "../harness/session-rows.ts";
import { newText, rowOf } from "./queued-messages.ts";

const MOVERS = ["due", "claim", "result", "takeover", "acknowledgement", "cancel", "expire"] as const;

/** All transitions that are allowed; every other pair is refused. */
const ALLOWED: Record<string, readonly Mover[]> = {
  "scheduled -> queued": ["due"],
  "scheduled -> sent": ["acknowledgement"],
  "scheduled -> cancelled": ["cancel"],
  "scheduled -> expired": ["expire"],
  "queued -> sending": ["claim"],
  "queued -> sent": ["acknowledgement"],
  "queued -> cancelled": ["cancel"],
  "queued -> expired": ["expire"],
  "retrying -> queued": ["due"],
  "retrying -> sent": ["acknowledgement"],
  "retrying -> cancelled": ["cancel"],
  "retrying -> expired": ["expire"],
  "sending -> queued": ["result"],
  "sending -> retrying": ["result"],
  "sending -> reconciling": ["result", "takeover"],
  "sending -> sent": ["acknowledgement"],
  "sending -> failed": ["result"],
  "reconciling -> queued": ["result"],
  "reconciling -> retrying": ["result"],
  "reconciling -> reconciling": ["result", "takeover"],
  "reconciling -> sent": ["acknowledgement"],
  "reconciling -> failed": ["result"],
  "sent -> delivered": ["acknowledgement"],
  "sent -> read": ["acknowledgement"],
  "sent -> played": ["acknowledgement"],
  "delivered -> read": ["acknowledgement"],
  "delivered -> played": ["acknowledgement"],
  "read -> played": ["acknowledgement"],
};

test.each(STORED_STATUSES.flatMap((from) => STORED_STATUSES.map((to) => [from, to] as const)))(
  "%s -> %s",
  (from, to) => {
    const allowed = ALLOWED[`${from} -> ${to}`] ?? [];
    expect(MOVERS.filter((by) => canMove(by, from, to))).toEqual(allowed);
    for (const by of MOVERS) {
      const move = () => requireMove(by, from, to);
      if (allowed.includes(by)) expect(move).not.toThrow();
      else expect(move).toThrow(`${by} must not move a message from ${from} to ${to}`);
    }
  },
);

test("acknowledgements move a message from a status exactly if it has a rank, and only up", () => {
  for (const from of STORED_STATUSES) {
    for (const to of ["sent", "delivered", "read", "played"] as const) {
      const [rank, target] = [STATUS_RANK[from], STATUS_RANK[to]!];
      // A message that is not sent yet becomes `sent` first.
      const expected = rank !== undefined && rank < target && (rank > 0 || to === "sent");
      expect([from, to, canMove("acknowledgement", from, to)]).toEqual([from, to, expected]);
    }
  }
});

describe("in the database", () => {
  const NOW = Date.now();
  const INCARNATION = "run-1";
  const DUE = { dueAt: NOW - 1, expiresAt: null };
  let dataDir: string;
  let database: Database;
  let tenantId: Id<"tenant">;
  /** One message of each status, each in a session of its own, which this process owns under epoch 2. */
  const messages = new Map<StoredStatus, NewMessage>();

  /** `dueAt`: the scheduled time or that of the retry. */
  async function addMessages({ dueAt, expiresAt }: { dueAt: number; expiresAt: number | null }): Promise<void> {
    for (const status of STORED_STATUSES) {
      const sessionId = await addSession(database, tenantId, createId("session"));
      const times = { send_at: dueAt, expires_at: expiresAt };
      messages.set(status, newText(tenantId, sessionId, { ...times, status }));
    }
    await database.transaction((sql) => insertMessages(sql, [...messages.values()]));
    await database.run("UPDATE messages SET claim_epoch = 1, next_attempt_at = $1", [dueAt]);
    await database.run("UPDATE placements SET epoch = 2, owner_incarnation = $1", [INCARNATION]);
  }

  const sourcesOf = (by: Mover, to?: StoredStatus) =>
    STORED_STATUSES.filter((from) =>
      STORED_STATUSES.some((other) => (to ?? other) === other && canMove(by, from, other)),
    );
  const sessions = () => [...messages.values()].map((message) => message.session_id);
  /** The statuses as they are now, of those that have changed. */
  async function moved(): Promise<Record<string, string>> {
    const changes: Record<string, string> = {};
    for (const [before, message] of messages) {
      const { status, claim_epoch } = await rowOf(database, message);
      if (status !== before || claim_epoch !== 1) changes[before] = status;
    }
    return changes;
  }
  const movesTo = (sources: readonly StoredStatus[], to: StoredStatus) =>
    Object.fromEntries(sources.map((from) => [from, to]));

  beforeEach(async () => {
    dataDir = makeDataDir();
    database = await openTestDatabase(dataDir);
    tenantId = await addTenant(database);
  });
  afterEach(async () => {
    await database.close();
    await cleanUp(dataDir);
  });

  test.each([false, true])(
    "the claim (lowest priority first: %j) moves exactly the statuses that the table allows",
    async (lowestFirst) => {
      await addMessages(DUE);
      await database.transaction((sql) =>
        claimMessages(sql, {
          sessions: sessions().map((sessionId) => ({ sessionId, epoch: 2 })),
          incarnation: INCARNATION,
          now: NOW,
          deadline: 1_000,
          lowestFirst,
        }),
      );
      expect(await moved()).toEqual(movesTo(sourcesOf("claim"), "sending"));
    },
  );

  test("the takeover moves exactly the statuses that the table allows", async () => {
    await addMessages(DUE);
    for (const sessionId of sessions()) await takeOverInFlight(database, sessionId, 2, NOW);
    expect(await moved()).toEqual(movesTo(sourcesOf("takeover"), "reconciling"));
  });

  test("messages are in flight from the claim to the result", async () => {
    await addMessages(DUE);
    const rows = await selectInFlight(database, sessions());
    const inFlight = STORED_STATUSES.filter(isInFlight);
    expect(rows.map(({ status }) => status).toSorted()).toEqual(inFlight.toSorted());
    expect(sourcesOf("result")).toEqual(inFlight);
  });

  test("due messages are queued", async () => {
    await addMessages(DUE);
    expect(
      (await selectDueMessages(database, { now: NOW, limit: 50, lock: false })).map(({ status }) => status).toSorted(),
    ).toEqual(sourcesOf("due").toSorted());
    await enqueueAndExpire(database);
    expect(await moved()).toEqual(movesTo(sourcesOf("due"), "queued"));
  });

  test("messages past their expiry expire", async () => {
    await addMessages({ dueAt: NOW + 60_000, expiresAt: NOW - 1 });
    await enqueueAndExpire(database);
    expect(await moved()).toEqual(movesTo(sourcesOf("expire"), "expired"));
  });

  test("only waiting messages can be cancelled", async () => {
    await addMessages(DUE);
    for (const [status, { id }] of messages) {
      const cancelled = cancelMessage(database, id);
      if (canMove("cancel", status, "cancelled")) expect(await cancelled).toMatchObject({ id, status: "cancelled" });
      else await expect(cancelled).rejects.toMatchObject({ type: "not_cancellable" });
    }
    expect(await moved()).toEqual(movesTo(sourcesOf("cancel"), "cancelled"));
  });
});
