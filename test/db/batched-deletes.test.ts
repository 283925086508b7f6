/** Deletions in batches, so that no statement takes long: a session's messages, and ended logins. */
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { removeOldLogins } from "../../db/statements/identity/logins.ts";
import { deleteOwnedMessages, deleteOwnedSession } from "../../db/statements/sessions/placements.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addLogins, addSession, addTenant, openTestDatabase } from "../harness/session-rows.ts";
import { accept, newText } from "../outbox/queued-messages.ts";

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

const countIn = async (table: string) =>
  (await database.all<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]!.n;

test("a session is deleted with its messages in batches, and only by its owner", async () => {
  for (let n = 0; n < 5; n++) await accept(database, newText(tenantId, sessionId));
  await database.run("UPDATE placements SET epoch = 3, owner_incarnation = 'me'");
  const own = { sessionId, epoch: 3, incarnation: "me" };
  expect(await deleteOwnedMessages(database, { ...own, epoch: 2 }, 3)).toBe(0);
  expect(await deleteOwnedSession(database, { ...own, incarnation: "another" })).toBe(false);
  expect([await deleteOwnedMessages(database, own, 3), await deleteOwnedMessages(database, own, 3)]).toEqual([3, 2]);
  expect(await deleteOwnedSession(database, own)).toBe(true);
  expect([await countIn("sessions"), await countIn("event_streams")]).toEqual([0, 0]);
});

test("ended logins are deleted in batches, with their tokens", async () => {
  await addLogins(database, tenantId, 5);
  expect([await removeOldLogins(database, 2, 3), await removeOldLogins(database, 2, 3)]).toEqual([3, 2]);
  expect(await countIn("refresh_tokens")).toBe(0);
});
