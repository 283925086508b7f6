/** Rollups of events. Compatible with code since 0001, which does not use the table. */
import type { Dialect } from "../database.ts";

export function up(dialect: Dialect): string[] {
  // SQLite: stores the table in its primary key instead of adding an index.
  const clustered = dialect === "sqlite" ? " WITHOUT ROWID" : "";
  return [
    // Ordered as it is read: a tenant's time range, all sessions. Rollups outlive their session, so there is no reference.
    `CREATE TABLE rollups (
      tenant_id TEXT NOT NULL, size TEXT NOT NULL, start BIGINT NOT NULL, session_id TEXT NOT NULL, metric TEXT NOT NULL, cause TEXT NOT NULL,
      count BIGINT NOT NULL, last_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, size, start, session_id, metric, cause))${clustered}`,
    `CREATE INDEX rollups_age ON rollups(size, start)`,
  ];
}
