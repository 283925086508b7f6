/** Counts of events. Compatible with code since 0001: it does not know the table. */
import type { Dialect } from "../database.ts";

export function up(dialect: Dialect): string[] {
  // SQLite: the key is the table, instead of an index beside it.
  const clustered = dialect === "sqlite" ? " WITHOUT ROWID" : "";
  return [
    // In the order that they are read: a tenant's stretch of time, all sessions. Counts outlive their session, so
    // nothing refers to it.
    `CREATE TABLE rollups (
      tenant_id TEXT NOT NULL, size TEXT NOT NULL, start BIGINT NOT NULL, session_id TEXT NOT NULL, metric TEXT NOT NULL, cause TEXT NOT NULL,
      count BIGINT NOT NULL, last_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, size, start, session_id, metric, cause))${clustered}`,
    `CREATE INDEX rollups_age ON rollups(size, start)`,
  ];
}
