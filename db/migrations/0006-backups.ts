/** Backups and their schedule. Compatible with code since 0001, which does not use the tables. */
export function up(): string[] {
  return [
    // `lane` allows one operation at a time: unique while an operation runs, null otherwise.
    `CREATE TABLE backups (
      id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, kind TEXT NOT NULL, origin TEXT NOT NULL, media BIGINT NOT NULL,
      status TEXT NOT NULL, activity TEXT, lane TEXT UNIQUE, owner TEXT, lease_until BIGINT NOT NULL, progress BIGINT NOT NULL,
      size BIGINT, checksum TEXT, manifest TEXT, error TEXT,
      created_at BIGINT NOT NULL, finished_at BIGINT, verified_at BIGINT, restored_at BIGINT, expires_at BIGINT)`,
    `CREATE INDEX backups_list ON backups(kind, tenant_id, id)`,
    // A single row, for the installation.
    `CREATE TABLE backup_schedule (
      id BIGINT PRIMARY KEY, enabled BIGINT NOT NULL, every_hours BIGINT NOT NULL, keep TEXT NOT NULL, media BIGINT NOT NULL, verify BIGINT NOT NULL,
      next_at BIGINT NOT NULL, tenant_id TEXT NOT NULL, version BIGINT NOT NULL)`,
  ];
}
