import { databaseNow, type Sql } from "../../database.ts";
import { quoted, type TableShape } from "./table-shapes.ts";

/** How much every epoch rises in a restore: whatever an owner from before still writes is refused. */
const EPOCH_LEAP = 1_000;

/**
 * Makes rows from the past fit for the present, while no process works with them: nobody runs the sessions, nobody is signed in.
 * What was in flight stays as it is: the session's next owner looks up what became of it.
 */
export async function settleRestored(sql: Sql, leap: number): Promise<void> {
  const now = databaseNow(sql.dialect);
  await sql.run(
    `UPDATE placements SET epoch = epoch + $1, owner_incarnation = NULL, owner_node = NULL, phase = 'idle', not_before = 0, starts = 0,
     desired = CASE WHEN desired = 'deleted' THEN 'deleted' ELSE 'stopped' END, since = ${now}`,
    [EPOCH_LEAP],
  );
  await sql.run(
    `UPDATE sessions SET state = 'stopped', reason = 'restored', evidence = '{}', since = ${now} WHERE state NOT IN ('stopped', 'logged_out', 'failed')`,
  );
  await sql.run(
    `UPDATE logins SET revoked_at = ${now}, revoked_reason = 'restored', successor = NULL WHERE revoked_at IS NULL`,
  );
  await sql.run(`UPDATE user_presence SET state = 'offline', left_at = NULL, since = ${now} WHERE state <> 'offline'`);
  await sql.run("UPDATE deliveries SET locked_until = 0 WHERE locked_until <> 0");
  await sql.run("UPDATE event_streams SET sequence = sequence + $1", [leap]);
}

/** The two schemas of a restore as SQL text names them. */
export interface Schemas {
  readonly live: string;
  readonly scratch: string;
}

/** What must not go back although the past says so: epochs, streams of events, and keys that were revoked since. */
export async function carryOver(sql: Sql, { live, scratch }: Schemas): Promise<void> {
  const [to, from] = [quoted(scratch), quoted(live)];
  await sql.run(
    `UPDATE ${to}.placements SET epoch = (SELECT l.epoch + $1 FROM ${from}.placements l WHERE l.session_id = placements.session_id)
     WHERE EXISTS (SELECT 1 FROM ${from}.placements l WHERE l.session_id = placements.session_id AND l.epoch + $1 > placements.epoch)`,
    [EPOCH_LEAP],
  );
  await sql.run(
    `UPDATE ${to}.event_streams SET sequence = (SELECT l.sequence FROM ${from}.event_streams l WHERE l.stream_id = event_streams.stream_id)
     WHERE EXISTS (SELECT 1 FROM ${from}.event_streams l WHERE l.stream_id = event_streams.stream_id AND l.sequence > event_streams.sequence)`,
  );
  await sql.run(
    `INSERT INTO ${to}.event_streams (stream_id, sequence) SELECT l.stream_id, l.sequence FROM ${from}.event_streams l
     WHERE NOT EXISTS (SELECT 1 FROM ${to}.event_streams s WHERE s.stream_id = l.stream_id)`,
  );
  await sql.run(
    `UPDATE ${to}.api_keys SET revoked_at = ${databaseNow(sql.dialect)}
     WHERE revoked_at IS NULL AND id IN (SELECT l.id FROM ${from}.api_keys l WHERE l.revoked_at IS NOT NULL)`,
  );
}

/** Keeps everyone else from writing to the tables until the transaction ends; reading goes on. SQLite has but one writer anyway. */
export async function lockTables(sql: Sql, live: string, tables: readonly TableShape[]): Promise<void> {
  if (sql.dialect === "sqlite") return;
  await sql.run("SET LOCAL lock_timeout = '30s'");
  await sql.run(
    `LOCK TABLE ${tables.map((table) => `${quoted(live)}.${quoted(table.name)}`).join(", ")} IN EXCLUSIVE MODE`,
  );
}

/** Puts the scratch schema's rows in the place of the live ones. The tables come in the order of their references. */
export async function replaceRows(sql: Sql, { live, scratch }: Schemas, tables: readonly TableShape[]): Promise<void> {
  for (const table of tables.toReversed()) await sql.run(`DELETE FROM ${quoted(live)}.${quoted(table.name)}`);
  for (const { name, columns } of tables) {
    const list = columns.map(quoted).join(", ");
    // With * on both sides SQLite copies whole pages of tables and indexes that are alike, twenty times as fast.
    const text =
      sql.dialect === "sqlite"
        ? `INSERT INTO ${quoted(live)}.${quoted(name)} SELECT * FROM ${quoted(scratch)}.${quoted(name)}`
        : `INSERT INTO ${quoted(live)}.${quoted(name)} (${list}) SELECT ${list} FROM ${quoted(scratch)}.${quoted(name)}`;
    await sql.run(text);
  }
}

/** Sessions that run, or are wanted to. */
export async function countBusySessions(sql: Sql): Promise<number> {
  const rows = await sql.all<{ count: number }>(
    `SELECT count(*) AS count FROM placements p WHERE p.desired <> 'stopped'
       OR EXISTS (SELECT 1 FROM nodes n WHERE n.incarnation = p.owner_incarnation AND n.status <> 'dead')`,
  );
  return rows[0]!.count;
}

/** Messages that go out as soon as their sessions run, or at their time. */
export async function countWaiting(sql: Sql): Promise<number> {
  return (
    await sql.all<{ count: number }>(
      "SELECT count(*) AS count FROM messages WHERE status IN ('scheduled', 'queued', 'retrying')",
    )
  )[0]!.count;
}

/** Ids of all tenants. */
export async function listTenantIds(sql: Sql): Promise<string[]> {
  return (await sql.all<{ id: string }>("SELECT id FROM tenants ORDER BY id")).map((row) => row.id);
}

/** Remembers the restore among the facts of the installation. */
export async function recordRestore(
  sql: Sql,
  fact: { backup: string; madeAt: string; restoredAt: string },
): Promise<void> {
  await sql.run(
    "INSERT INTO installation (name, value) VALUES ('restored', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [JSON.stringify(fact)],
  );
}

/** Bytes that the database has on its disk. */
export async function readDatabaseSize(sql: Sql): Promise<number> {
  const text =
    sql.dialect === "postgres"
      ? "SELECT pg_database_size(current_database()) AS size"
      : "SELECT page_count * page_size AS size FROM pragma_page_count(), pragma_page_size()";
  return (await sql.all<{ size: number }>(text))[0]!.size;
}

/** Processes that run sessions now. */
export async function countLiveNodes(sql: Sql): Promise<number> {
  const rows = await sql.all<{ count: number }>(
    `SELECT count(*) AS count FROM nodes WHERE status <> 'dead' AND lease_until > ${databaseNow(sql.dialect)}`,
  );
  return rows[0]!.count;
}
