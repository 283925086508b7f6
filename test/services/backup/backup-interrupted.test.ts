/** Backups that are interrupted: by a stop of the process, and by kill -9. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Backup } from "../../../contracts/routes/backup.ts";
import { insertMany, startWithAdmin, withDatabase } from "./backup-system.ts";
import { OPEN, PASSWORD, type SignedIn } from "../../harness/accounts.ts";
import { TestClient } from "../../harness/client.ts";
import { isOnPostgres } from "../../harness/database.ts";
import { cleanUp, startProcess } from "../../harness/process.ts";
import { openTestDatabase } from "../../harness/session-rows.ts";
import { startSystem, until } from "../../harness/system.ts";

const folders: string[] = [];
const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "wpp-interrupted-"));
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

test("a stop during a backup ends it cleanly", async () => {
  const dataDir = makeFolder();
  const first = await startWithAdmin({}, dataDir);
  let id: string;
  try {
    await withDatabase(first.system, (sql) => insertMany(sql, 5_000));
    ({ id } = await first.admin.owner.expect<Backup>(202, "POST", "/backups", { verify: false }));
    await until(() => existsSync(join(dataDir, "backups", `${id}.wppbak.part`)), 30_000);
  } finally {
    await first.system.stop();
  }
  // The file is either complete, if it was faster than the stop, or absent.
  const files = readdirSync(join(dataDir, "backups"));
  expect([[], [`${id}.wppbak`]]).toContainEqual(files);
  const ending =
    files.length === 0 ? { status: "failed", error: "the process was stopped" } : { status: "finished", error: null };
  const second = await startSystem({
    services: ["api-gateway", "auth", "tenant", "backup"],
    environment: OPEN,
    dataDir,
  });
  try {
    const after = new TestClient(second.url, { authorization: `Bearer ${first.admin.accessToken}` });
    expect(await after.expect<Backup>(200, "GET", `/backups/${id}`)).toMatchObject({ ...ending, activity: null });
  } finally {
    await second.stop();
  }
}, 60_000);

describe("kill -9 during a backup", () => {
  const dataDir = makeFolder();
  afterAll(() => cleanUp(dataDir), 60_000);

  /** Expires the claims of the dead process on its backups, which takes 15 s otherwise. */
  async function expireClaims(): Promise<void> {
    const database = await openTestDatabase(dataDir);
    try {
      await database.run("UPDATE backups SET lease_until = 1 WHERE activity IS NOT NULL");
    } finally {
      await database.close();
    }
  }

  test("leaves no partial file, and the backup is marked as failed", async () => {
    const database = await openTestDatabase(dataDir);
    try {
      // In parts that stay below the pool's statement timeout.
      for (let part = 0; part < 3; part += 1) await database.transaction((sql) => insertMany(sql, 10_000, part));
    } finally {
      await database.close();
    }
    let system = await startProcess({ dataDir });
    const setupToken = /welcome#(\S+)/.exec(readFileSync(join(dataDir, "first-run.txt"), "utf8"))![1]!;
    const body = {
      tenantName: "Alpha",
      name: "Alpha Owner",
      email: "alpha@alpha.test",
      password: PASSWORD,
      setupToken,
    };
    const { accessToken } = await new TestClient(system.origin).expect<SignedIn>(201, "POST", "/auth/register", body);
    const headers = { authorization: `Bearer ${accessToken}` };
    const folder = join(dataDir, "backups");
    const { id } = await new TestClient(system.origin, headers).expect<Backup>(202, "POST", "/backups");
    await until(() => existsSync(join(folder, `${id}.wppbak.part`)), 30_000);
    expect(await system.end("SIGKILL")).toBeNull();
    expect(readdirSync(folder)).toEqual([`${id}.wppbak.part`]);
    await expireClaims();

    system = await startProcess({ dataDir });
    const again = new TestClient(system.origin, headers);
    const failed = await again.until<Backup>(`/backups/${id}`, ({ status }) => status === "failed", 40_000);
    expect(failed).toMatchObject({ activity: null, error: expect.stringContaining("has ended"), checksum: null });
    await until(() => readdirSync(folder).length === 0);
    if (!isOnPostgres) await until(() => readdirSync(join(dataDir, "backup-work")).length === 0);
    const next = await again.expect<Backup>(202, "POST", "/backups");
    expect(await again.until<Backup>(`/backups/${next.id}`, ({ activity }) => activity === null, 60_000)).toMatchObject(
      { error: null, status: "finished" },
    );
    expect(await system.end("SIGTERM")).toBe(0);
  }, 180_000);
});
