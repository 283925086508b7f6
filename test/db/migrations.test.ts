/** Migrations keep the data of the previous version, and run once even if several processes start together. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "../../db/database.ts";
import { migrate } from "../../db/migrations.ts";
import { up as foundation } from "../../db/migrations/0001-foundation.ts";
import { databaseEnvironment, isOnPostgres } from "../harness/database.ts";

describe("migrations", () => {
  const opened: Database[] = [];
  const dirs: string[] = [];

  const makeDatabase = async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "wpp-migrate-"));
    dirs.push(dataDir);
    const url = (await databaseEnvironment(dataDir))["WPP_DATABASE_URL"] ?? null;
    const open = async () => {
      const database = await openDatabase({ url, dataDir });
      opened.push(database);
      return database;
    };
    return { open };
  };

  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
    for (const dir of dirs.splice(0)) await rm(dir, { recursive: true, force: true });
  });

  test("create the schema of an empty database, and do nothing the second time", async () => {
    const { open } = await makeDatabase();
    const database = await open();
    const applied = await migrate(database);
    expect(applied[0]).toBe("0001-foundation");
    expect(applied).toEqual(applied.toSorted());
    expect(await migrate(database)).toEqual([]);
  });

  test("keep the data of the previous version", async () => {
    const { open } = await makeDatabase();
    const database = await open();
    await database.transaction(async (sql) => {
      await sql.run("CREATE TABLE schema_migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)");
      for (const statement of foundation(sql.dialect)) await sql.run(statement);
      await sql.run("INSERT INTO schema_migrations (name, applied_at) VALUES ('0001-foundation', 1)");
      await sql.run(
        `INSERT INTO tenants (id, name, plan, status, quotas, settings, version, created_at, updated_at)
         VALUES ('ten_old', 'Old', 'basic', 'active', '{}', '{}', 1, 1, 1)`,
      );
      await sql.run(
        `INSERT INTO events (id, tenant_id, type, at, sequence, data)
         VALUES ('evt_old', 'ten_old', 'session.created', 1, 1, '{}')`,
      );
    });
    const applied = await migrate(database);
    expect(applied).not.toContain("0001-foundation");
    expect(await database.all("SELECT name FROM tenants")).toEqual([expect.objectContaining({ name: "Old" })]);
    expect(await database.all("SELECT id FROM events")).toEqual([expect.objectContaining({ id: "evt_old" })]);
  });

  test("are applied once when several processes start at the same time", async () => {
    // An SQLite file belongs to one process; a PostgreSQL server has several.
    const { open } = await makeDatabase();
    const databases = isOnPostgres ? await Promise.all([open(), open(), open(), open()]) : [await open()];
    const applied = await Promise.all([...databases, ...databases].map((database) => migrate(database)));
    expect(applied.filter((names) => names.length > 0).length).toBe(1);
  });
});
