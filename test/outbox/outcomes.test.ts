/** A message that the network does not know is sent again: first without delay, then after a back-off, then never. */
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
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
