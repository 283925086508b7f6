import { databaseNow, type Sql } from "../../database.ts";
import { quoted, type TableShape } from "./table-shapes.ts";

/** Added to every epoch in a restore, so that writes of owners from before it are refused. */
const EPOCH_MARGIN = 1_000;

/**
 * Resets the runtime state in restored rows, while no process uses them: no session runs and no user is signed in.
 * Messages in flight stay as they are; the session's next owner reconciles them. `sequenceMargin` is added to event
 * sequences.
 */
export async function resetRuntimeState(sql: Sql, sequenceMargin: number): Promise<void> {
  const now = databaseNow(sql.dialect);
  await sql.run(
    `UPDATE placements
     SET epoch = epoch + $1, owner_incarnation = NULL, owner_node = NULL, phase = 'idle', not_before = 0, starts = 0,
       desired = CASE WHEN desired = 'deleted' THEN 'deleted' ELSE 'stopped' END, since = ${now}`,
    [EPOCH_MARGIN],
  );
  await sql.run(
    `UPDATE sessions SET state = 'stopped', reason = 'restored', evidence = '{}', since = ${now}
     WHERE state NOT IN ('stopped', 'logged_out', 'failed')`,
  );
  await sql.run(
    `UPDATE logins SET revoked_at = ${now}, revoked_reason = 'restored', successor = NULL
     WHERE revoked_at IS NULL`,
  );
  await sql.run(`UPDATE user_presence SET state = 'offline', left_at = NULL, since = ${now} WHERE state <> 'offline'`);
  await sql.run("UPDATE deliveries SET locked_until = 0 WHERE locked_until <> 0");
  await sql.run("UPDATE event_streams SET sequence = sequence + $1", [sequenceMargin]);
}

/** The names of the two schemas of a restore in SQL. */
export interface Schemas {
  readonly live: string;
  readonly scratch: string;
}

/** Copies into the scratch rows what a restore must not undo: epochs, event sequences, and revocations of API keys. */
export async function keepNewerState(sql: Sql, { live, scratch }: Schemas): Promise<void> {
  const [to, from] = [quoted(scratch), quoted(live)];
  await sql.run(
    `UPDATE ${to}.placements
     SET epoch = (SELECT l.epoch + $1 FROM ${from}.placements l WHERE l.session_id = placements.session_id)
     WHERE EXISTS (
       SELECT 1 FROM ${from}.placements l
       WHERE l.session_id = placements.session_id AND l.epoch + $1 > placements.epoch)`,
    [EPOCH_MARGIN],
  );
  await sql.run(
    `UPDATE ${to}.event_streams
     SET sequence = (SELECT l.sequence FROM ${from}.event_streams l WHERE l.stream_id = event_streams.stream_id)
     WHERE EXISTS (
       SELECT 1 FROM ${from}.event_streams l
       WHERE l.stream_id = event_streams.stream_id AND l.sequence > event_streams.sequence)`,
  );
  await sql.run(
    `INSERT INTO ${to}.event_streams (stream_id, sequence)
     SELECT l.stream_id, l.sequence FROM ${from}.event_streams l
     WHERE NOT EXISTS (SELECT 1 FROM ${to}.event_streams s WHERE s.stream_id = l.stream_id)`,
  );
  await sql.run(
    `UPDATE ${to}.api_keys SET revoked_at = ${databaseNow(sql.dialect)}
     WHERE revoked_at IS NULL AND id IN (SELECT l.id FROM ${from}.api_keys l WHERE l.revoked_at IS NOT NULL)`,
  );
}

/**
 * Blocks other writers of the tables, but not readers, until the transaction ends. SQLite has only one writer anyway.
 */
export async function lockTables(sql: Sql, live: string, tables: readonly TableShape[]): Promise<void> {
  if (sql.dialect === "sqlite") return;
  await sql.run("SET LOCAL lock_timeout = '30s'");
  await sql.run(
    `LOCK TABLE ${tables.map((table) => `${quoted(live)}.${quoted(table.name)}`).join(", ")} IN EXCLUSIVE MODE`,
  );
}

/** Replaces the live rows by the scratch schema's. Tables must be ordered so that each follows those it refers to. */
export async function replaceRows(sql: Sql, { live, scratch }: Schemas, tables: readonly TableShape[]): Promise<void> {
  for (const table of tables.toReversed()) await sql.run(`DELETE FROM ${quoted(live)}.${quoted(table.name)}`);
  for (const { name, columns } of tables) {
    const list = columns.map(quoted).join(", ");
    // With * SQLite copies whole pages between identical tables, which is twenty times as fast.
    const text =
      sql.dialect === "sqlite"
        ? `INSERT INTO ${quoted(live)}.${quoted(name)} SELECT * FROM ${quoted(scratch)}.${quoted(name)}`
        : `INSERT INTO ${quoted(live)}.${quoted(name)} (${list})
           SELECT ${list} FROM ${quoted(scratch)}.${quoted(name)}`;
    await sql.run(text);
  }
}

/** The number of sessions that are running or set to run. */
export async function countBusySessions(sql: Sql): Promise<number> {
  const rows = await sql.all<{ count: number }>(
    `SELECT count(*) AS count FROM placements p WHERE p.desired <> 'stopped'
       OR EXISTS (SELECT 1 FROM nodes n WHERE n.incarnation = p.owner_incarnation AND n.status <> 'dead')`,
  );
  return rows[0]!.count;
}

/** The number of messages that are waiting to be sent. */
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

/** Records the restore among the values of the installation. */
export async function recordRestore(
  sql: Sql,
  restore: { backup: string; madeAt: string; restoredAt: string },
): Promise<void> {
  await sql.run(
    `INSERT INTO installation (name, value) VALUES ('restored', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(restore)],
  );
}

/** The size of the database on disk, in bytes. */
export async function readDatabaseSize(sql: Sql): Promise<number> {
  const text =
    sql.dialect === "postgres"
      ? "SELECT pg_database_size(current_database()) AS size"
      : "SELECT page_count * page_size AS size FROM pragma_page_count(), pragma_page_size()";
  return (await sql.all<{ size: number }>(text))[0]!.size;
}

/** The number of live processes that run sessions. */
export async function countLiveNodes(sql: Sql): Promise<number> {
  const rows = await sql.all<{ count: number }>(
    `SELECT count(*) AS count FROM nodes WHERE status <> 'dead' AND lease_until > ${databaseNow(sql.dialect)}`,
  );
  return rows[0]!.count;
}
