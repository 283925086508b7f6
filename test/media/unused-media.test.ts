/** Media that no message refers to are deleted after a day, with their files. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import type { MediaRow } from "../../db/rows/media.ts";
import { insertMedia } from "../../db/statements/messages/media.ts";
import { storeUpload, writeMedia } from "../../media/media-store.ts";
import { UnusedMedia } from "../../media/unused-media.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addSession, addTenant, openTestDatabase } from "../harness/session-rows.ts";
import { accept, newText } from "../outbox/queued-messages.ts";

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

/** Stores media with this content; `age`: ms since then. */
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

describe("media that no message refers to", () => {
  const sweep = async () => {
    const unused = new UnusedMedia(database, dataDir, 2);
    while (await unused.step(Date.now()));
  };

  test("are deleted after a day, row and file; others are kept", async () => {
    const old = [await store("a", 2 * DAY), await store("b", 2 * DAY), await store("c", 2 * DAY)];
    const [used, young] = [await store("used", 2 * DAY), await store("young", DAY / 2)];
    await accept(database, newText(tenantId, sessionId, { media_id: used.id }));
    await sweep();
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
    await sweep();
    expect(existsSync(join(dataDir, used.path))).toBe(false);
  });

  test("are kept when the same content was just uploaded again", async () => {
    const old = await store("again", 2 * DAY);
    const media = { tenantId, bytes: Buffer.from("again"), mimetype: "text/plain", filename: null };
    expect((await storeUpload(database, dataDir, media, async () => {})).id).toBe(old.id);
    await sweep();
    expect(existsSync(join(dataDir, old.path))).toBe(true);
  });
});
