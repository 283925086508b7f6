/** What becomes of a claimed message, below HTTP: tries are counted whatever they came to, and accepting takes its rows in one order. */
import type { Id } from "../../contracts/ids.ts";
import type { Database, Sql } from "../../db/database.ts";
import { findMessage } from "../../db/statements/messages/find-message.ts";
import { createAcceptor } from "../../outbox/accept.ts";
import { completeMessages } from "../../outbox/complete.ts";
import type { MessageRow, NewMessage } from "../../db/rows/message.ts";
import { blankMessage } from "../../services/message/compose.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addSession, addTenant, openTestDatabase } from "../harness/session-rows.ts";

let dataDir: string;
let database: Database;

beforeEach(async () => {
  dataDir = makeDataDir();
  database = await openTestDatabase(dataDir);
});
afterEach(async () => {
  await database.close();
  await cleanUp(dataDir);
});

async function newMessage(tenantId: Id<"tenant">): Promise<NewMessage> {
  const id = await addSession(database, tenantId);
  return {
    ...blankMessage({ id, tenant_id: tenantId, state: "connected" }, Date.now()),
    chat_id: "15550100001@c.us",
    text: "x",
  };
}

const requestOf = (message: NewMessage) =>
  ({ messages: [message], answer: { status: 202, body: "" }, idempotency: null, dailyQuota: null }) as const;

test.each([
  [1, { status: "queued", next_attempt_at: null }],
  [3, { status: "queued", next_attempt_at: null }],
  [4, { status: "retrying", next_attempt_at: expect.any(Number) }],
  [5, { status: "retrying", next_attempt_at: expect.any(Number) }],
  [6, { status: "failed", error_code: "attempts_exhausted" }],
])("looked up and not found after %d tries", async (attempts, expected) => {
  const tenantId = await addTenant(database);
  const message = await newMessage(tenantId);
  await createAcceptor(database, () => {}).submit(requestOf(message));
  await database.run("UPDATE messages SET status = 'reconciling', claim_epoch = 1, attempts = $2 WHERE id = $1", [
    message.id,
    attempts,
  ]);
  const now = Date.now();
  await database.transaction((sql) =>
    completeMessages(sql, [{ kind: "not_found", messageId: message.id, epoch: 1, at: now }], now),
  );
  expect(await findMessage<MessageRow>(database, tenantId, message.id)).toMatchObject({
    ...expected,
    claim_epoch: expected.status === "failed" ? 1 : null,
  });
});

test("messages of several tenants are counted in one order, whichever came first: two processes never wait for each other in a ring", async () => {
  const tenants = [await addTenant(database), await addTenant(database), await addTenant(database)];
  const counted: unknown[] = [];
  const watched = <S extends Sql>(sql: S): S => ({
    ...sql,
    all: (text, parameters = []) => {
      if (text.includes("usage_counters")) counted.push(parameters[0]);
      return sql.all(text, parameters);
    },
  });
  const watching: Database = { ...database, transaction: (work) => database.transaction((sql) => work(watched(sql))) };
  const messages = await Promise.all([2, 0, 1].map((place) => newMessage(tenants[place]!)));
  const acceptor = createAcceptor(watching, () => {});
  await Promise.all(messages.map((message) => acceptor.submit(requestOf(message))));
  expect(counted).toEqual(tenants.toSorted());
});
