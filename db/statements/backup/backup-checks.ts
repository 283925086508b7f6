import type { Sql } from "../../database.ts";

/** Invariants of a restored database, by the name of their violation. Each statement counts the violating rows. */
const INVARIANTS: Readonly<Record<string, string>> = {
  "messages without their session":
    "SELECT count(*) AS count FROM messages m WHERE NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = m.session_id)",
  "messages of another tenant than their session":
    "SELECT count(*) AS count FROM messages m JOIN sessions s ON s.id = m.session_id WHERE s.tenant_id <> m.tenant_id",
  "sessions without their tenant":
    "SELECT count(*) AS count FROM sessions s WHERE NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = s.tenant_id)",
  "sessions without a placement":
    "SELECT count(*) AS count FROM sessions s WHERE NOT EXISTS (SELECT 1 FROM placements p WHERE p.session_id = s.id)",
  "message numbers that occur twice":
    "SELECT count(*) AS count FROM (SELECT seq FROM messages GROUP BY seq HAVING count(*) > 1) twice",
  "event numbers that occur twice in a stream": `SELECT count(*) AS count FROM (
       SELECT sequence FROM events GROUP BY coalesce(session_id, tenant_id), sequence HAVING count(*) > 1) twice`,
  "event streams behind their own events": `SELECT count(*) AS count FROM (
       SELECT coalesce(session_id, tenant_id) AS stream, max(sequence) AS last FROM events
       GROUP BY coalesce(session_id, tenant_id)) e
     LEFT JOIN event_streams s ON s.stream_id = e.stream WHERE s.sequence IS NULL OR s.sequence < e.last`,
  "sessions with more than one message in flight": `SELECT count(*) AS count FROM (
       SELECT session_id FROM messages WHERE status IN ('sending', 'reconciling')
       GROUP BY session_id HAVING count(*) > 1) many`,
  "messages in flight without a placement": `SELECT count(*) AS count FROM messages m
     WHERE m.status IN ('sending', 'reconciling')
     AND NOT EXISTS (SELECT 1 FROM placements p WHERE p.session_id = m.session_id)`,
};

/** Describes the broken invariants; empty when there are none. */
export async function findBrokenInvariants(sql: Sql): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, text] of Object.entries(INVARIANTS)) {
    const { count } = (await sql.all<{ count: number }>(text))[0]!;
    if (count > 0) broken.push(`${count} ${name}`);
  }
  if (sql.dialect === "postgres") return broken;
  const integrity = await sql.all<{ integrity_check: string }>("PRAGMA integrity_check(3)");
  const orphans = await sql.all<{ table: string }>("PRAGMA foreign_key_check");
  return [
    ...broken,
    ...integrity.map((row) => row.integrity_check).filter((text) => text !== "ok"),
    ...new Set(orphans.map((row) => `rows of ${row.table} refer to missing rows`)),
  ];
}

/** An encrypted secret and the field that stores it. */
export interface SealedSample {
  readonly tenantId: string;
  readonly table: string;
  readonly column: string;
  readonly id: string;
  readonly sealed: string;
}

/** Random secrets, to check whether the master key opens them. */
export async function sampleSecrets(sql: Sql, limit: number): Promise<SealedSample[]> {
  return sql.all<SealedSample>(
    `SELECT tenant_id AS "tenantId", 'webhooks' AS "table", 'secret' AS "column", id, secret AS sealed
     FROM webhooks ORDER BY random() LIMIT $1`,
    [limit],
  );
}
