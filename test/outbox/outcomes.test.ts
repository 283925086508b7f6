/** Outcomes that are not the rule: messages that the network does not know, and those of an account that is gone. */
import { addressOf } from "../../contracts/address.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { bindQueue } from "../../outbox/account-change.ts";
import { completeMessages } from "../../outbox/complete.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addSession, addTenant, openTestDatabase } from "../harness/session-rows.ts";
import { accept, newText, rowOf } from "./queued-messages.ts";

let dataDir: string;
let database: Database;
let tenantId: Id<"tenant">;

beforeEach(async () => {
  dataDir = makeDataDir();
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
});
afterEach(async () => {
  await database.close();
  await cleanUp(dataDir);
});

test("what another account was sending is neither looked up nor sent again", async () => {
  const sessionId = await addSession(database, tenantId);
  const [sending, waiting] = [newText(tenantId, sessionId), newText(tenantId, sessionId)];
  const run = { sessionId, tenantId };
  await database.transaction((sql) => bindQueue(sql, run, addressOf("15550100001@c.us"), 1));
  await accept(database, sending);
  await accept(database, waiting);
  await database.run("UPDATE messages SET status = 'reconciling', claim_epoch = 1 WHERE id = $1", [sending.id]);
  const events = await database.transaction((sql) => bindQueue(sql, run, addressOf("15550100003@c.us"), 2));
  expect(events.map(({ type }) => type)).toEqual(["message.failed", "session.account_changed"]);
  expect(await rowOf(database, sending)).toMatchObject({ status: "failed", error_code: "account_changed" });
  expect(await rowOf(database, waiting)).toMatchObject({ status: "queued", error_code: "account_changed" });
});

test("an account that has changed its number is still the same account", async () => {
  const sessionId = await addSession(database, tenantId);
  const run = { sessionId, tenantId };
  await database.transaction((sql) => bindQueue(sql, run, addressOf("15550100001@c.us", "77@lid"), 1));
  await accept(database, newText(tenantId, sessionId));
  expect(await database.transaction((sql) => bindQueue(sql, run, addressOf("15550100003@c.us", "77@lid"), 2))).toEqual(
    [],
  );
});

test.each([
  [1, { status: "queued", next_attempt_at: null }],
  [3, { status: "queued", next_attempt_at: null }],
  [4, { status: "retrying", next_attempt_at: expect.any(Number) }],
  [5, { status: "retrying", next_attempt_at: expect.any(Number) }],
  [6, { status: "failed", error_code: "attempts_exhausted" }],
])("not found after %d attempts", async (attempts, expected) => {
  const message = newText(tenantId, await addSession(database, tenantId));
  await accept(database, message);
  await database.run("UPDATE messages SET status = 'reconciling', claim_epoch = 1, attempts = $2 WHERE id = $1", [
    message.id,
    attempts,
  ]);
  const now = Date.now();
  await database.transaction((sql) =>
    completeMessages(sql, [{ kind: "not_found", messageId: message.id, epoch: 1, at: now }], now),
  );
  expect(await rowOf(database, message)).toMatchObject({
    ...expected,
    claim_epoch: expected.status === "failed" ? 1 : null,
  });
});
