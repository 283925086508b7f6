/**
 * The database's own insert rate for the rows of an accepted message, with the durability that the system has: one by
 * one, and in batches.
 */
import { randomUUID } from "node:crypto";
import { openDatabase } from "../db/database.ts";

const ROW =
  "INSERT INTO bench_rows (id, tenant_id, session_id, chat_id, content, status, created_at) " +
  "VALUES ($1, $2, $3, $4, $5, $6, $7)";
const EVENT = "INSERT INTO bench_events (id, tenant_id, type, at, data) VALUES ($1, $2, $3, $4, $5)";
const BATCH = 100;
const DURATION = 3_000;

/** Accepted messages (a message row and an event row in one transaction) per second. */
export async function measureInsertRate(
  dataDir: string,
  databaseUrl: string | null,
): Promise<{ single: number; batched: number }> {
  const database = await openDatabase({ url: databaseUrl, dataDir });
  const serial = database.dialect === "postgres" ? "BIGSERIAL PRIMARY KEY" : "INTEGER PRIMARY KEY AUTOINCREMENT";
  await database.run(
    `CREATE TABLE bench_rows (seq ${serial}, id TEXT UNIQUE, tenant_id TEXT, session_id TEXT, chat_id TEXT,
       content TEXT, status TEXT, created_at BIGINT)`,
  );
  await database.run("CREATE INDEX bench_rows_list ON bench_rows(tenant_id, seq)");
  await database.run(
    `CREATE TABLE bench_events (seq ${serial}, id TEXT, tenant_id TEXT, type TEXT, at BIGINT, data TEXT)`,
  );
  const content = JSON.stringify({ text: "x".repeat(200) });
  const writeMany = (count: number) =>
    database.transaction(async (sql) => {
      for (let index = 0; index < count; index += 1) {
        const id = randomUUID();
        await sql.run(ROW, [id, "tenant", "session", "chat", content, "queued", Date.now()]);
        await sql.run(EVENT, [id, "tenant", "message.queued", Date.now(), content]);
      }
    });
  const rate = async (count: number) => {
    const begin = performance.now();
    let written = 0;
    while (performance.now() - begin < DURATION) {
      await writeMany(count);
      written += count;
    }
    return (written / (performance.now() - begin)) * 1_000;
  };
  const result = { single: await rate(1), batched: await rate(BATCH) };
  await database.close();
  return result;
}
