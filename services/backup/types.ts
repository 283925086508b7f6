/** `this` of the backup service's actions, and which backups a caller may see. */
import type { Service } from "moleculer";
import type { Principal } from "../../contracts/permissions.ts";
import { Problem } from "../../contracts/errors.ts";
import { findBackup, type BackupRow, type BackupScope } from "../../db/statements/backup/backups.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { JobQueue } from "./job-queue.ts";
import type { BackupRunner } from "./backup-runner.ts";

export interface BackupSettings {
  /** ms between two rounds of maintenance. */
  interval: number;
  /** Free disk space required for an operation, as a multiple of the database's size. */
  freeSpaceFactor: number;
}

export interface BackupLocals extends DatabaseLocals, SecretsLocals {
  queue: JobQueue;
  runner: BackupRunner;
  maintenance: Poller;
  /** The backup directory. */
  folder: string;
}

export type BackupService = Service<BackupSettings> & BackupLocals;

/** The backups that the caller may see. Throws `forbidden` for a key limited to sessions: backups contain them all. */
export function scopeOf(principal: Principal): BackupScope {
  if (principal.sessions !== null)
    throw new Problem("forbidden", "an API key that is limited to some sessions has no access to backups and exports");
  return { tenantId: principal.tenantId, installation: principal.permissions.includes("platform:admin") };
}

/** Returns the backup. Throws the problem `not_found` when there is none or the caller may not see it. */
export async function requireBackup(service: BackupService, principal: Principal, id: string): Promise<BackupRow> {
  const row = await findBackup(service.database, scopeOf(principal), id);
  if (row === undefined) throw new Problem("not_found");
  return row;
}

/** The same for a finished backup of the installation; otherwise throws `conflict`, also for an export. */
export async function requireInstallationBackup(
  service: BackupService,
  principal: Principal,
  id: string,
): Promise<BackupRow> {
  const row = await requireBackup(service, principal, id);
  if (row.kind !== "installation")
    throw new Problem("conflict", "this is an export; only backups of the installation can be verified and restored");
  if (row.status !== "finished")
    throw new Problem(
      "conflict",
      row.status === "running" ? "the backup is not finished yet" : "the backup has failed",
    );
  return row;
}
