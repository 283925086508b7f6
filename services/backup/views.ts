/** Rows as the API returns them. */
import type { Backup } from "../../contracts/routes/backup.ts";
import type { BackupRow } from "../../db/statements/backup/backups.ts";
import { Manifest } from "./archive/records.ts";

function timeOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The archive's manifest; undefined until the backup is finished. */
export function manifestOf(row: BackupRow): Manifest | undefined {
  return row.manifest === null ? undefined : Manifest.parse(JSON.parse(row.manifest));
}

export function viewBackup(row: BackupRow): Backup {
  const manifest = manifestOf(row);
  return {
    id: row.id,
    kind: row.kind,
    origin: row.origin,
    status: row.status,
    activity: row.activity,
    progress: row.progress,
    media: row.media === 1,
    size: row.size,
    checksum: row.checksum,
    tables:
      manifest === undefined
        ? null
        : Object.fromEntries(Object.entries(manifest.tables).map(([name, { rows }]) => [name, rows])),
    error: row.error,
    createdAt: new Date(row.created_at).toISOString(),
    finishedAt: timeOrNull(row.finished_at),
    verifiedAt: timeOrNull(row.verified_at),
    restoredAt: timeOrNull(row.restored_at),
    expiresAt: timeOrNull(row.expires_at),
  };
}
