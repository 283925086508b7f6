/** What is removed goes whole, in steps that no size makes too long: tenants, sessions, logins, media that nothing refers to. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import type { MediaRow } from "../../db/rows/media.ts";
import { insertMedia } from "../../db/statements/messages/media.ts";
import { deleteOwnedMessages, deleteOwnedSession } from "../../db/statements/sessions/placements.ts";
import { removeOldLogins } from "../../db/statements/identity/logins.ts";
import { createAcceptor } from "../../outbox/accept.ts";
import { storeUpload, writeMedia } from "../../media/media-store.ts";
import { UnusedMedia } from "../../media/unused-media.ts";
import { newOutbound } from "../../services/message/compose.ts";
import { removeTenant } from "../../services/tenant/removal.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { sampleDraft } from "../harness/events.ts";
import { addSession, addTenant, openTestDatabase } from "../harness/session-rows.ts";

const DAY = 86_400_000;
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

const countIn = async (table: string, where = "1 = 1") =>
  (await database.all<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`))[0]!.n;

async function accept(mediaId: string | null = null): Promise<void> {
  const session = { id: sessionId, tenant_id: tenantId, state: "connected" } as const;
  const given = { type: "text", chat_id: "15550100001@c.us", text: "x", media_id: mediaId } as const;
  const message = newOutbound(session, Date.now(), given);
  await createAcceptor(database, () => undefined).submit({
    messages: [message],
    answer: { status: 202, body: "" },
    idempotency: null,
    dailyQuota: null,
  });
}

/** Media with this content, stored so long ago. */
async function store(content: string, age: number): Promise<MediaRow> {
  const row = await writeMedia(dataDir, {
    tenantId,
    bytes: Buffer.from(content),
    mimetype: "text/plain",
    filename: null,
  });
  await insertMedia(database, { ...row, created_at: Date.now() - age });
  return row;
}

async function addLogins(count: number): Promise<void> {
  await database.run(
    `INSERT INTO users (id, tenant_id, email, name, role, password_hash, version, created_at, updated_at) VALUES ('usr_1', $1, 'a@b.test', 'A', 'owner', '', 1, 1, 1)`,
    [tenantId],
  );
  for (let n = 0; n < count; n++) {
    const values = [`lgn_${n}`, tenantId, `hash ${n}`];
    await database.run(
      "INSERT INTO logins (id, tenant_id, user_id, current_hash, rotated_at, created_at, expires_at) VALUES ($1, $2, 'usr_1', $3, 1, 1, 1)",
      values,
    );
    await database.run("INSERT INTO refresh_tokens (hash, login_id, created_at) VALUES ($1, $2, 1)", [
      `hash ${n}`,
      `lgn_${n}`,
    ]);
  }
}

describe("a tenant", () => {
  const remove = (record = async () => {}) => removeTenant({ database, dataDir, tenantId, batch: 2, record });

  test("goes with its rows in every table, its media and its linked devices' keys; the neighbour's stay", async () => {
    const neighbour = await addTenant(database);
    const staying = await addSession(database, neighbour);
    await database.transaction((sql) =>
      appendEvents(sql, [sampleDraft("session.created", { tenantId: neighbour, sessionId: staying })], 1),
    );
    for (let n = 0; n < 5; n++) await accept();
    await database.transaction((sql) => appendEvents(sql, [sampleDraft("session.deleted", { tenantId })], 1));
    const media = await store("kept", 0);
    await addLogins(5);
    for (const id of [sessionId, staying]) await mkdir(join(dataDir, "profiles", id), { recursive: true });
    await database.run("UPDATE tenants SET status = 'suspended' WHERE id = $1", [tenantId]);
    await remove();
    for (const table of ["messages", "media", "users", "logins", "refresh_tokens"])
      expect({ table, rows: await countIn(table) }).toEqual({ table, rows: 0 });
    for (const table of ["tenants", "sessions", "placements", "events", "event_streams"])
      expect({ table, rows: await countIn(table) }).toEqual({ table, rows: 1 });
    expect([existsSync(join(dataDir, "profiles", sessionId)), existsSync(join(dataDir, media.path))]).toEqual([
      false,
      false,
    ]);
    expect(existsSync(join(dataDir, "profiles", staying))).toBe(true);
  });

  test("that was cut short in the middle goes when it is asked for again", async () => {
    for (let n = 0; n < 5; n++) await accept();
    await database.run("UPDATE tenants SET status = 'suspended' WHERE id = $1", [tenantId]);
    await expect(
      remove(async () => {
        throw new Error("the connection is lost");
      }),
    ).rejects.toThrow("the connection is lost");
    expect([await countIn("tenants"), await countIn("messages")]).toEqual([1, 0]);
    await remove();
    expect(await countIn("tenants")).toBe(0);
  });

  test("in use keeps everything", async () => {
    await accept();
    await expect(remove()).rejects.toMatchObject({ type: "conflict" });
    await database.run("UPDATE tenants SET status = 'suspended' WHERE id = $1", [tenantId]);
    await database.run("UPDATE placements SET owner_incarnation = 'someone'");
    await expect(remove()).rejects.toMatchObject({ type: "conflict" });
    expect(await countIn("messages")).toBe(1);
  });
});

test("a session's messages go a few at a time, and nothing goes for one who does not own it", async () => {
  for (let n = 0; n < 5; n++) await accept();
  await database.run("UPDATE placements SET epoch = 3, owner_incarnation = 'me'");
  const own = { sessionId, epoch: 3, incarnation: "me" };
  expect(await deleteOwnedMessages(database, { ...own, epoch: 2 }, 3)).toBe(0);
  expect(await deleteOwnedSession(database, { ...own, incarnation: "another" })).toBe(false);
  expect([await deleteOwnedMessages(database, own, 3), await deleteOwnedMessages(database, own, 3)]).toEqual([3, 2]);
  expect(await deleteOwnedSession(database, own)).toBe(true);
  expect([await countIn("sessions"), await countIn("event_streams")]).toEqual([0, 0]);
});

test("logins that are over go a few at a time", async () => {
  await addLogins(5);
  expect([await removeOldLogins(database, 2, 3), await removeOldLogins(database, 2, 3)]).toEqual([3, 2]);
  expect(await countIn("refresh_tokens")).toBe(0);
});

describe("media that no message refers to", () => {
  const walk = async () => {
    const unused = new UnusedMedia(database, dataDir, 2);
    while (await unused.step(Date.now()));
  };

  test("go after a day, row and file; the others stay", async () => {
    const old = [await store("a", 2 * DAY), await store("b", 2 * DAY), await store("c", 2 * DAY)];
    const [used, young] = [await store("used", 2 * DAY), await store("young", DAY / 2)];
    await accept(used.id);
    await walk();
    const left = await database.all<{ id: string }>("SELECT id FROM media ORDER BY id");
    expect(left.map(({ id }) => id)).toEqual([used.id, young.id].toSorted());
    expect([...old, used, young].map(({ path }) => existsSync(join(dataDir, path)))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    await database.run("DELETE FROM sessions WHERE id = $1", [sessionId]);
    await walk();
    expect(existsSync(join(dataDir, used.path))).toBe(false);
  });

  test("stay when the same was just sent again", async () => {
    const old = await store("again", 2 * DAY);
    const media = { tenantId, bytes: Buffer.from("again"), mimetype: "text/plain", filename: null };
    expect((await storeUpload(database, dataDir, media, async () => {})).id).toBe(old.id);
    await walk();
    expect(existsSync(join(dataDir, old.path))).toBe(true);
  });
});
