/** Removal of a tenant: complete, in small steps, repeatable after an interruption, and refused while it is in use. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Id } from "../../../contracts/ids.ts";
import type { Database } from "../../../db/database.ts";
import { appendEvents } from "../../../db/statements/events/append-events.ts";
import { insertMedia } from "../../../db/statements/messages/media.ts";
import { writeMedia } from "../../../media/media-store.ts";
import { removeTenant } from "../../../services/tenant/removal.ts";
import { sampleDraft } from "../../harness/events.ts";
import { cleanUp, makeDataDir } from "../../harness/process.ts";
import { addLogins, addSession, addTenant, openTestDatabase } from "../../harness/session-rows.ts";
import { accept, newText } from "../../outbox/queued-messages.ts";

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

describe("a tenant", () => {
  const remove = (record = async () => {}) => removeTenant({ database, dataDir, tenantId, batch: 2, record });

  test("is deleted with its rows in every table, media and profiles; another tenant keeps its own", async () => {
    const other = await addTenant(database);
    const staying = await addSession(database, other);
    await database.transaction((sql) =>
      appendEvents(sql, [sampleDraft("session.created", { tenantId: other, sessionId: staying })], 1),
    );
    for (let n = 0; n < 5; n++) await accept(database, newText(tenantId, sessionId));
    await database.transaction((sql) => appendEvents(sql, [sampleDraft("session.deleted", { tenantId })], 1));
    const media = await writeMedia(dataDir, {
      tenantId,
      bytes: Buffer.from("content"),
      mimetype: "text/plain",
      filename: null,
    });
    await insertMedia(database, { ...media, created_at: Date.now() });
    await addLogins(database, tenantId, 5);
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

  test("whose removal was interrupted is deleted by the next attempt", async () => {
    for (let n = 0; n < 5; n++) await accept(database, newText(tenantId, sessionId));
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

  test("that is active or has a running session keeps everything", async () => {
    await accept(database, newText(tenantId, sessionId));
    await expect(remove()).rejects.toMatchObject({ type: "conflict" });
    await database.run("UPDATE tenants SET status = 'suspended' WHERE id = $1", [tenantId]);
    await database.run("UPDATE placements SET owner_incarnation = 'someone'");
    await expect(remove()).rejects.toMatchObject({ type: "conflict" });
    expect(await countIn("messages")).toBe(1);
  });
});
