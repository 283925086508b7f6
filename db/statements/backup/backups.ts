import type { Id } from "../../../contracts/ids.ts";
import { databaseNow, type Sql } from "../../database.ts";

export type BackupKind = "installation" | "export";
export type Activity = "creating" | "verifying" | "restoring";

export interface BackupRow {
  id: Id<"backup">;
  /** Who asked for it; for an export also whose it is. */
  tenant_id: Id<"tenant">;
  kind: BackupKind;
  origin: "request" | "schedule";
  /** 1 when files of media are inside. */
  media: number;
  status: "running" | "finished" | "failed";
  /** What is being done with it now. */
  activity: Activity | null;
  /** One activity at a time in each lane: the installation's, or a tenant's own. Null while nothing is done. */
  lane: string | null;
  /** The process that does it, and until when it is believed to be alive. */
  owner: string | null;
  lease_until: number;
  progress: number;
  size: number | null;
  checksum: string | null;
  /** JSON of the archive's manifest. */
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
  /** ms that the claim holds without being renewed. */
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

/** Inserts a backup that is being made. A unique violation means that the lane is taken. */
export async function insertBackup(sql: Sql, backup: NewBackup, claim: Claim): Promise<void> {
  await sql.run(
    `INSERT INTO backups (id, tenant_id, kind, origin, media, status, activity, lane, owner, lease_until, progress, created_at, expires_at)
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

/** Begins something with a finished backup; false when something is being done with it. A unique violation means that the lane is taken. */
export async function claimBackup(sql: Sql, claim: Claim): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE backups SET activity = $2, lane = $3, owner = $4, lease_until = ${databaseNow(sql.dialect)} + $5, progress = 0
     WHERE id = $1 AND activity IS NULL AND status = 'finished'`,
    [claim.id, claim.activity, claim.lane, claim.owner, claim.ttl],
  );
  return changed === 1;
}

/** Renews the claim and says how far the work is; false when it is no longer ours. */
export async function renewClaim(sql: Sql, claim: Claim, progress: number): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE backups SET lease_until = ${databaseNow(sql.dialect)} + $3, progress = $4 WHERE id = $1 AND owner = $2 AND activity IS NOT NULL`,
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

/** The backup is made; it stays claimed when it is verified at once. False when the claim was lost. */
export async function finishCreation(
  sql: Sql,
  claim: Claim,
  made: Creation,
  next: "verifying" | null,
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE backups SET status = 'finished', size = $3, checksum = $4, manifest = $5, finished_at = $6, error = NULL,
     ${next === null ? DONE : "activity = 'verifying', progress = 0"} WHERE id = $1 AND owner = $2 AND activity = 'creating'`,
    [claim.id, claim.owner, made.size, made.checksum, made.manifest, made.now],
  );
  return changed === 1;
}

/** What was done with a finished backup has succeeded. False when the claim was lost. */
export async function finishActivity(sql: Sql, claim: Claim, now: number): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE backups SET verified_at = CASE WHEN activity = 'verifying' THEN $3 ELSE verified_at END,
     restored_at = CASE WHEN activity = 'restoring' THEN $3 ELSE restored_at END, error = NULL, ${DONE} WHERE id = $1 AND owner = $2`,
    [claim.id, claim.owner, now],
  );
  return changed === 1;
}

const FAILED = `error = $2, finished_at = coalesce(finished_at, $3), status = CASE WHEN activity = 'creating' THEN 'failed' ELSE status END,
  verified_at = CASE WHEN activity = 'verifying' THEN NULL ELSE verified_at END, ${DONE}`;

/** What was being done has failed. A backup that was being made is failed, one that does not pass its check is unverified. */
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

/** What processes were doing that have died since. `self` is spared: whoever asks is alive. */
export async function findLost(sql: Sql, self: string): Promise<(BackupRow & { owner: string; activity: Activity })[]> {
  return sql.all(
    `SELECT * FROM backups WHERE activity IS NOT NULL AND owner <> $1 AND lease_until < ${databaseNow(sql.dialect)}`,
    [self],
  );
}

/** Who may see what: exports are their tenant's, backups of the installation the platform administrators'. */
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

/** Those that the caller may see, newest first, before the given one. */
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

/** True when there is no such backup, or it could not be made. One that is said to be in the making may be finished the next moment. */
export async function isGivenUp(sql: Sql, id: string): Promise<boolean> {
  return (await sql.all("SELECT 1 FROM backups WHERE id = $1 AND status <> 'failed'", [id])).length === 0;
}

/** Removes the row; false when something is being done with the backup. */
export async function removeBackup(sql: Sql, id: string): Promise<boolean> {
  return (await sql.run("DELETE FROM backups WHERE id = $1 AND activity IS NULL", [id])) === 1;
}

/** Finished backups that the schedule has made. */
export async function listScheduled(
  sql: Sql,
): Promise<{ id: string; created_at: number; verified_at: number | null }[]> {
  return sql.all(
    "SELECT id, created_at, verified_at FROM backups WHERE origin = 'schedule' AND status = 'finished' AND activity IS NULL",
  );
}

/** Exports that are over or whose tenant is gone, and failures that are old. */
export async function listOutdated(sql: Sql, now: number, failuresBefore: number): Promise<{ id: string }[]> {
  return sql.all(
    `SELECT id FROM backups WHERE activity IS NULL AND (expires_at <= $1 OR (status = 'failed' AND created_at < $2)
       OR (kind = 'export' AND NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = backups.tenant_id)))`,
    [now, failuresBefore],
  );
}
