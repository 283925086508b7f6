import type { Id } from "../../../contracts/ids.ts";
import { databaseNow, type Sql } from "../../database.ts";

export type BackupKind = "installation" | "export";
export type Activity = "creating" | "verifying" | "restoring";

export interface BackupRow {
  id: Id<"backup">;
  /** The tenant of the requester; for an export also its owner. */
  tenant_id: Id<"tenant">;
  kind: BackupKind;
  origin: "request" | "schedule";
  /** 1 when media files are included. */
  media: number;
  status: "running" | "finished" | "failed";
  /** The running operation. */
  activity: Activity | null;
  /** A unique index allows one operation per lane: the installation's, or a tenant's. Null without an operation. */
  lane: string | null;
  /** The process that runs the operation, and when its claim expires. */
  owner: string | null;
  lease_until: number;
  progress: number;
  size: number | null;
  checksum: string | null;
  /** JSON: the archive's manifest. */
  manifest: string | null;
  error: string | null;
  created_at: number;
  finished_at: number | null;
  verified_at: number | null;
  restored_at: number | null;
  expires_at: number | null;
}

export interface Claim {
  readonly id: string;
  readonly activity: Activity;
  readonly lane: string;
  readonly owner: string;
  /** ms until the claim expires unless it is renewed. */
  readonly ttl: number;
}

export interface NewBackup {
  readonly tenantId: string;
  readonly kind: BackupKind;
  readonly origin: BackupRow["origin"];
  readonly media: boolean;
  readonly now: number;
  readonly expiresAt: number | null;
}

/** Inserts a backup in creation. A unique violation means that the lane is occupied. */
export async function insertBackup(sql: Sql, backup: NewBackup, claim: Claim): Promise<void> {
  await sql.run(
    `INSERT INTO backups
       (id, tenant_id, kind, origin, media, status, activity, lane, owner, lease_until, progress,
        created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, 'running', $6, $7, $8, ${databaseNow(sql.dialect)} + $9, 0, $10, $11)`,
    [
      claim.id,
      backup.tenantId,
      backup.kind,
      backup.origin,
      backup.media,
      claim.activity,
      claim.lane,
      claim.owner,
      claim.ttl,
      backup.now,
      backup.expiresAt,
    ].map((value) => (typeof value === "boolean" ? Number(value) : value)),
  );
}

/**
 * Starts an operation on a finished backup; false when another one is running on it. A unique violation means that
 * the lane is occupied.
 */
export async function claimBackup(sql: Sql, claim: Claim): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE backups
     SET activity = $2, lane = $3, owner = $4, lease_until = ${databaseNow(sql.dialect)} + $5, progress = 0
     WHERE id = $1 AND activity IS NULL AND status = 'finished'`,
    [claim.id, claim.activity, claim.lane, claim.owner, claim.ttl],
  );
  return changed === 1;
}

/** Renews the claim and writes the progress in percent; false when the claim was lost. */
export async function renewClaim(sql: Sql, claim: Claim, progress: number): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE backups SET lease_until = ${databaseNow(sql.dialect)} + $3, progress = $4
     WHERE id = $1 AND owner = $2 AND activity IS NOT NULL`,
    [claim.id, claim.owner, claim.ttl, progress],
  );
  return changed === 1;
}

const DONE = "activity = NULL, lane = NULL, owner = NULL, progress = 100";

export interface Creation {
  readonly size: number;
  readonly checksum: string;
  readonly manifest: string;
  readonly now: number;
}

/** Finishes a creation. The claim is kept when a verification follows. False when the claim was lost. */
export async function finishCreation(
  sql: Sql,
  claim: Claim,
  made: Creation,
  next: "verifying" | null,
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE backups SET status = 'finished', size = $3, checksum = $4, manifest = $5, finished_at = $6, error = NULL,
       ${next === null ? DONE : "activity = 'verifying', progress = 0"}
     WHERE id = $1 AND owner = $2 AND activity = 'creating'`,
    [claim.id, claim.owner, made.size, made.checksum, made.manifest, made.now],
  );
  return changed === 1;
}

/** Finishes a verification or a restore. False when the claim was lost. */
export async function finishActivity(sql: Sql, claim: Claim, now: number): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE backups SET verified_at = CASE WHEN activity = 'verifying' THEN $3 ELSE verified_at END,
       restored_at = CASE WHEN activity = 'restoring' THEN $3 ELSE restored_at END, error = NULL, ${DONE}
     WHERE id = $1 AND owner = $2`,
    [claim.id, claim.owner, now],
  );
  return changed === 1;
}

const FAILED = `error = $2, finished_at = coalesce(finished_at, $3),
  status = CASE WHEN activity = 'creating' THEN 'failed' ELSE status END,
  verified_at = CASE WHEN activity = 'verifying' THEN NULL ELSE verified_at END, ${DONE}`;

/**
 * Ends an operation as failed: a backup in creation becomes failed, one that does not pass its verification becomes
 * unverified. False when the claim was lost.
 */
export async function failActivity(
  sql: Sql,
  claim: Pick<Claim, "id" | "owner">,
  error: string,
  now: number,
): Promise<boolean> {
  return (
    (await sql.run(`UPDATE backups SET ${FAILED} WHERE id = $1 AND owner = $4 AND activity IS NOT NULL`, [
      claim.id,
      error,
      now,
      claim.owner,
    ])) === 1
  );
}

/** Operations whose process has died: their claims have expired. Those of `self`, the calling process, are excluded. */
export async function findLost(sql: Sql, self: string): Promise<(BackupRow & { owner: string; activity: Activity })[]> {
  return sql.all(
    `SELECT * FROM backups WHERE activity IS NOT NULL AND owner <> $1 AND lease_until < ${databaseNow(sql.dialect)}`,
    [self],
  );
}

/** What a caller may see: exports of its own tenant, and with `installation` the backups of the installation. */
export interface BackupScope {
  readonly tenantId: string;
  readonly installation: boolean;
}

const VISIBLE = "((kind = 'export' AND tenant_id = $1) OR (kind = 'installation' AND $2 = 1))";

/** A backup that the caller may see. */
export async function findBackup(sql: Sql, scope: BackupScope, id: string): Promise<BackupRow | undefined> {
  const rows = await sql.all<BackupRow>(`SELECT * FROM backups WHERE ${VISIBLE} AND id = $3`, [
    scope.tenantId,
    Number(scope.installation),
    id,
  ]);
  return rows[0];
}

/** Backups that the caller may see, newest first, before the given one. */
export async function listBackups(
  sql: Sql,
  scope: BackupScope,
  page: { before: string | null; limit: number },
): Promise<BackupRow[]> {
  return sql.all<BackupRow>(
    `SELECT * FROM backups WHERE ${VISIBLE} AND (CAST($3 AS TEXT) IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
    [scope.tenantId, Number(scope.installation), page.before, page.limit],
  );
}

/** True when there is no such backup or its creation failed. One in creation may be finished the next moment. */
export async function isFailedOrMissing(sql: Sql, id: string): Promise<boolean> {
  return (await sql.all("SELECT 1 FROM backups WHERE id = $1 AND status <> 'failed'", [id])).length === 0;
}

/** Deletes the row; false while an operation on the backup is running. */
export async function removeBackup(sql: Sql, id: string): Promise<boolean> {
  return (await sql.run("DELETE FROM backups WHERE id = $1 AND activity IS NULL", [id])) === 1;
}

/** Finished backups of the schedule. */
export async function listScheduled(
  sql: Sql,
): Promise<{ id: string; created_at: number; verified_at: number | null }[]> {
  return sql.all(
    `SELECT id, created_at, verified_at FROM backups
     WHERE origin = 'schedule' AND status = 'finished' AND activity IS NULL`,
  );
}

/** Expired exports, exports of deleted tenants, and old failures. */
export async function listOutdated(sql: Sql, now: number, failuresBefore: number): Promise<{ id: string }[]> {
  return sql.all(
    `SELECT id FROM backups WHERE activity IS NULL AND (expires_at <= $1 OR (status = 'failed' AND created_at < $2)
       OR (kind = 'export' AND NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = backups.tenant_id)))`,
    [now, failuresBefore],
  );
}
