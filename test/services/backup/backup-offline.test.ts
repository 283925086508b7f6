/** Restores without a running system: from a file and the master key alone, or by other means. */
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readConfig } from "../../../contracts/config.ts";
import { openDatabase } from "../../../db/database.ts";
import { migrate, MIGRATION_NAMES } from "../../../db/migrations.ts";
import { registerNode } from "../../../db/statements/sessions/nodes.ts";
import { createSecrets } from "../../../mixins/secrets.ts";
import { restoreOffline } from "../../../services/backup/restore-offline.ts";
import { locationOf } from "../../../services/backup/scratch-database.ts";
import { runTask } from "../../../services/backup/thread-tasks.ts";
import { insertMany, makeBackup, startWithAdmin } from "./backup-system.ts";
import { PASSWORD, type SignedIn } from "../../harness/accounts.ts";
import { TestClient } from "../../harness/client.ts";
import { databaseEnvironment, isOnPostgres } from "../../harness/database.ts";
import { COMPILE_CACHE } from "../../harness/process.ts";
import { nodeFacts, openTestDatabase } from "../../harness/session-rows.ts";
import { startSystem } from "../../harness/system.ts";

const made: string[] = [];
const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "wpp-offline-"));
  made.push(folder);
  return folder;
};
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Runs a script on its own data directory. */
async function runScript(
  args: readonly string[],
  dataDir: string,
  environment: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
  const env = {
    PATH: process.env["PATH"],
    ...COMPILE_CACHE,
    WPP_DATA_DIR: dataDir,
    ...(await databaseEnvironment(dataDir)),
    ...environment,
  };
  return new Promise((done) => {
    execFile(
      process.execPath,
      args,
      { cwd: resolve(import.meta.dirname, "../../.."), env, timeout: 60_000 },
      (error, stdout, stderr) => {
        done({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
      },
    );
  });
}

const runRestore = (dataDir: string, file: string, environment: Record<string, string> = {}) =>
  runScript(["scripts/restore.ts", file], dataDir, environment);

describe("on an empty machine", () => {
  const file = join(makeFolder(), "downloaded.wppbak");
  const key = join(makeFolder(), "master.key");
  const picture = Buffer.from("the bytes of a picture");
  let uploadPath = "";

  beforeAll(async () => {
    const { system, admin } = await startWithAdmin();
    try {
      await admin.owner.expect(201, "POST", "/sessions", { name: "main", network: "sandbox", driver: "light" });
      await admin.owner.expect(202, "POST", "/sessions/main/messages", {
        to: "+15550100999",
        type: "text",
        text: "still there",
      });
      await admin.owner.expect(201, "POST", "/webhooks", {
        url: "https://example.com/hook",
        events: ["session.logged_out"],
      });
      const form = new FormData();
      form.append("file", new Blob([picture], { type: "text/plain" }), "note.txt");
      await admin.owner.expect(201, "POST", "/uploads", form);
      const backup = await makeBackup(admin, { media: true });
      writeFileSync(file, (await admin.owner.ask<Buffer>("GET", `/backups/${backup.id}/download`)).body);
      copyFileSync(join(system.dataDir, "master.key"), key);
      const names = readdirSync(join(system.dataDir, "media"), { recursive: true }) as string[];
      uploadPath = join("media", names.toSorted((a, b) => b.length - a.length)[0]!);
    } finally {
      await system.stop();
    }
  }, 60_000);

  test("the file and the master key restore everything, including media", async () => {
    const dataDir = makeFolder();
    copyFileSync(key, join(dataDir, "master.key"));
    const restored = await runRestore(dataDir, file);
    expect(restored).toEqual({ code: 0, output: expect.stringMatching(/100 %[^]*Restored the state of .*1 tenants/) });
    expect(readFileSync(join(dataDir, uploadPath)).equals(picture)).toBe(true);
    expect(existsSync(join(dataDir, "backup-work")) ? readdirSync(join(dataDir, "backup-work")) : []).toEqual([]);
    const system = await startSystem({
      services: [
        "api-gateway",
        "auth",
        "tenant",
        "message",
        "event",
        "session",
        "session-node",
        "sandbox",
        "webhook",
        "backup",
      ],
      dataDir,
    });
    try {
      const anyone = new TestClient(system.url);
      const { accessToken } = await anyone.expect<SignedIn>(200, "POST", "/auth/login", {
        email: "alpha@alpha.test",
        password: PASSWORD,
      });
      const owner = anyone.with({ authorization: `Bearer ${accessToken}` });
      expect((await owner.expect<{ data: { text: string }[] }>(200, "GET", "/messages")).data).toHaveLength(1);
      expect((await owner.expect<{ data: object[] }>(200, "GET", "/webhooks")).data).toHaveLength(1);
      // Clients may hold cursors and numbers from after the backup; new ones are higher than any of these.
      await owner.expect(201, "POST", "/sessions", { name: "new", network: "sandbox", driver: "light" });
      await owner.expect(202, "POST", "/sessions/main/messages", { to: "+15550100999", type: "text", text: "goes on" });
      const { data } = await owner.expect<{ data: { sequence: number; type: string }[] }>(
        200,
        "GET",
        "/events?types=message.queued",
      );
      expect(data.at(-1)!.sequence).toBeGreaterThan(1_000_000);
    } finally {
      await system.stop();
    }
    // A second restore is refused: the database is no longer empty.
    expect(await runRestore(dataDir, file)).toEqual({ code: 78, output: expect.stringContaining("not empty") });
  }, 120_000);

  test("a wrong key or a damaged file is reported and leaves nothing behind", async () => {
    const dataDir = makeFolder();
    expect(await runRestore(dataDir, file)).toEqual({
      code: 78,
      output: expect.stringContaining("There is no master key"),
    });
    expect(readdirSync(dataDir)).toEqual([]);
    const wrong = { WPP_MASTER_KEY: "another master key, of more than 32 characters" };
    expect(await runRestore(dataDir, file, wrong)).toEqual({
      code: 78,
      output: expect.stringContaining("made with another master key"),
    });
    expect(readdirSync(dataDir)).toEqual([]);
    const cut = join(makeFolder(), "cut.wppbak");
    writeFileSync(cut, readFileSync(file).subarray(0, -1));
    expect(await runRestore(dataDir, cut, { WPP_MASTER_KEY_FILE: key })).toEqual({
      code: 78,
      output: expect.stringContaining("damaged"),
    });
    expect(await runRestore(dataDir, join(dataDir, "none"), { WPP_MASTER_KEY_FILE: key })).toEqual({
      code: 78,
      output: expect.stringContaining("the file does not exist"),
    });
    expect(await runRestore(dataDir, file, { WPP_MASTER_KEY_FILE: key })).toMatchObject({ code: 0 });
  }, 120_000);
});

test("a file of an earlier schema from SQLite is restored into the current schema of this database", async () => {
  const [oldDir, newDir] = [makeFolder(), makeFolder()];
  const masterKey = "a master key with at least 32 characters";
  const old = await openDatabase({ url: null, dataDir: oldDir });
  const path = join(oldDir, "old.wppbak");
  try {
    await migrate(old, MIGRATION_NAMES.slice(0, 2));
    await insertMany(old, 700);
    await old.run("INSERT INTO event_streams (stream_id, sequence) VALUES ('stream', 7)");
    const secrets = createSecrets(Buffer.from(masterKey));
    const plan = { kind: "installation", tenantId: null, createdAt: new Date().toISOString(), mediaDir: null } as const;
    await runTask(
      "dump",
      { ...plan, id: "bak_old", location: locationOf(old, null), path, key: secrets.key("backup") },
      () => undefined,
    );
  } finally {
    await old.close();
  }
  const config = readConfig({
    WPP_DATA_DIR: newDir,
    WPP_MASTER_KEY: masterKey,
    ...(await databaseEnvironment(newDir)),
  });
  const manifest = await restoreOffline(config, path, () => undefined);
  expect(manifest).toMatchObject({ dialect: "sqlite", schema: MIGRATION_NAMES.slice(0, 2) });
  const database = await openDatabase({ url: config.databaseUrl, dataDir: newDir });
  try {
    expect(database.dialect).toBe(isOnPostgres ? "postgres" : "sqlite");
    expect(await database.all("SELECT count(*) AS count, max(seq) AS last FROM messages")).toEqual([
      { count: 700, last: 700 },
    ]);
    expect(await database.all("SELECT count(*) AS count FROM schema_migrations")).toEqual([
      { count: MIGRATION_NAMES.length },
    ]);
    expect(await database.all("SELECT sequence FROM event_streams")).toEqual([{ sequence: 1_000_007 }]);
  } finally {
    await database.close();
  }
}, 60_000);

test("after-restore resets a database that was restored by other means", async () => {
  const dataDir = makeFolder();
  const runAfterRestore = () => runScript(["scripts/after-restore.ts"], dataDir);
  expect(await runAfterRestore()).toEqual({ code: 78, output: expect.stringContaining("empty") });
  const database = await openTestDatabase(dataDir);
  try {
    await insertMany(database, 5);
    await database.run("UPDATE messages SET status = 'queued' WHERE seq <= 2");
    await database.run("UPDATE messages SET status = 'scheduled', send_at = 1 WHERE seq = 3");
    await database.run("UPDATE sessions SET state = 'connected'");
    await database.run(
      `UPDATE placements SET desired = 'running', phase = 'running', epoch = 7,
         owner_incarnation = 'gone', owner_node = 'gone'`,
    );
    await database.run("INSERT INTO event_streams (stream_id, sequence) VALUES ('stream', 7)");
    await registerNode(database, { ...nodeFacts("alive"), incarnation: "alive", hostId: "alive", ttl: 600_000 });
    expect(await runAfterRestore()).toEqual({ code: 78, output: expect.stringContaining("stop them first") });
    expect(await database.all("SELECT desired FROM placements")).toEqual([{ desired: "running" }]);
    await database.run("UPDATE nodes SET lease_until = 1");
    expect(await runAfterRestore()).toEqual({ code: 0, output: expect.stringContaining("3 messages are queued") });
    expect(await database.all("SELECT desired, phase, epoch, owner_incarnation FROM placements")).toEqual([
      { desired: "stopped", phase: "idle", epoch: 1_007, owner_incarnation: null },
    ]);
    expect(await database.all("SELECT state, reason FROM sessions")).toEqual([
      { state: "stopped", reason: "restored" },
    ]);
    expect(await database.all("SELECT sequence FROM event_streams")).toEqual([{ sequence: 1_000_007 }]);
    await insertMany(database, 1, 1);
    expect(await database.all("SELECT max(seq) AS last FROM messages")).toEqual([{ last: 1_000_006 }]);
  } finally {
    await database.close();
  }
}, 60_000);
