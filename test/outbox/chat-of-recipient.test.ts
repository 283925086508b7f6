/** The chat of a message is the one that WhatsApp has for its recipient, not the one of the dialled number. */
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import type { NewMessage } from "../../db/rows/message.ts";
import { acknowledgeMessages } from "../../outbox/acknowledge.ts";
import { completeMessages } from "../../outbox/complete.ts";
import type { Outcome } from "../../outbox/outcome.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addSession, addTenant, openTestDatabase } from "../harness/session-rows.ts";
import { accept, newText, rowOf } from "./queued-messages.ts";

const DIALLED = "525512345678@c.us";
const REAL = "5215512345678@c.us";
const LID = "123456789012345@lid";

let dataDir: string;
let database: Database;
let tenantId: Id<"tenant">;
let sessionId: Id<"session">;

beforeEach(async () => {
  dataDir = makeDataDir();
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
  sessionId = await addSession(database, tenantId);
});
afterEach(async () => {
  await database.close();
  await cleanUp(dataDir);
});

/** A message that is accepted for the dialled number. */
async function queued(given: Partial<NewMessage> = {}): Promise<NewMessage> {
  const message = newText(tenantId, sessionId, { chat_id: DIALLED, ...given });
  await accept(database, message);
  return message;
}

async function claimed(given: Partial<NewMessage> = {}): Promise<NewMessage> {
  const message = await queued(given);
  await database.run("UPDATE messages SET status = 'sending', claim_epoch = 1, attempts = 1 WHERE id = $1", [
    message.id,
  ]);
  return message;
}

function complete(message: NewMessage, chat: Extract<Outcome, { kind: "sent" }>["chat"]) {
  const now = Date.now();
  const key = `true_${chat.chatId}_${message.wa_id}`;
  const outcome: Outcome = { kind: "sent", messageId: message.id, epoch: 1, at: now, ack: 1, key, chat };
  return database.transaction((sql) => completeMessages(sql, [outcome], now));
}

const REAL_CHAT = { chatId: REAL, phone: "+5215512345678", lid: null };

test("a sent message is in the chat that WhatsApp has, and so is its event", async () => {
  const message = await claimed();
  const [event] = await complete(message, REAL_CHAT);
  expect(event).toMatchObject({ type: "message.sent", data: { chatId: REAL } });
  expect(await rowOf(database, message)).toMatchObject({
    chat_id: REAL,
    wa_key: `true_${REAL}_${message.wa_id}`,
    status: "sent",
  });
});

test("what is queued behind it moves along, with the keys it refers to; other messages stay", async () => {
  const first = await claimed();
  const reply = await queued({ reply_to: first.id, target_key: `true_${DIALLED}_${first.wa_id}` });
  const scheduled = await queued({ status: "scheduled", send_at: Date.now() + 60_000 });
  const failed = await queued({ status: "failed" });
  const elsewhere = await queued({ session_id: await addSession(database, tenantId, "other") });
  const another = await queued({ chat_id: "4915123456789@c.us" });
  await complete(first, REAL_CHAT);
  expect(await rowOf(database, reply)).toMatchObject({ chat_id: REAL, target_key: `true_${REAL}_${first.wa_id}` });
  expect((await rowOf(database, scheduled)).chat_id).toBe(REAL);
  expect((await rowOf(database, failed)).chat_id).toBe(REAL);
  expect((await rowOf(database, elsewhere)).chat_id).toBe(DIALLED);
  expect((await rowOf(database, another)).chat_id).toBe("4915123456789@c.us");
});

test("an acknowledgement that comes before the outcome names the chat as well", async () => {
  const message = await claimed();
  const now = Date.now();
  const ack = { sessionId, waId: message.wa_id, ack: 2, at: now, chatId: REAL };
  const events = await database.transaction((sql) => acknowledgeMessages(sql, [ack], now));
  expect(events.map(({ data }) => data)).toMatchObject([{ chatId: REAL }, { chatId: REAL }]);
  expect(await rowOf(database, message)).toMatchObject({ chat_id: REAL, status: "delivered" });
});

test("a message to a privacy id moves to the number; a number is not hidden by a privacy id", async () => {
  const toLid = await claimed({ chat_id: LID });
  await complete(toLid, { ...REAL_CHAT, lid: LID });
  expect(await rowOf(database, toLid)).toMatchObject({ chat_id: REAL, chat_lid: LID });
  const toNumber = await claimed();
  await complete(toNumber, { chatId: LID, phone: REAL_CHAT.phone, lid: LID });
  expect(await rowOf(database, toNumber)).toMatchObject({ chat_id: DIALLED, chat_lid: LID });
});

test("a message to a group stays in the group", async () => {
  const group = "120363000000000001@g.us";
  const message = await claimed({ chat_id: group });
  const ack = { sessionId, waId: message.wa_id, ack: 2, at: Date.now(), chatId: REAL };
  await database.transaction((sql) => acknowledgeMessages(sql, [ack], Date.now()));
  expect(await rowOf(database, message)).toMatchObject({ chat_id: group, status: "delivered" });
});
