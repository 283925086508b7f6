/** What the backup service's actions find in `this`. */
import type { Service } from "moleculer";
import type { Principal } from "../../contracts/permissions.ts";
import { Problem } from "../../contracts/errors.ts";
import { findBackup, type BackupRow, type BackupScope } from "../../db/statements/backup/backups.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { Jobs } from "./jobs.ts";
import type { BackupWork } from "./work.ts";

export interface BackupSettings {
  /** ms between looks at what is due. */
  interval: number;
  /** How many times the database's size must be free on the disk. */
  roomFactor: number;
}

export interface BackupLocals extends DatabaseLocals, SecretsLocals {
  jobs: Jobs;
  work: BackupWork;
  upkeep: Poller;
  /** Where backups lie. */
  folder: string;
}

export type BackupService = Service<BackupSettings> & BackupLocals;

/** What the caller may see. A key that is limited to sessions has no part in what holds all of them. */
export function scopeOf(principal: Principal): BackupScope {
  if (principal.sessions !== null)
    throw new Problem("forbidden", "an API key that is limited to some sessions has no access to backups and exports");
  return { tenantId: principal.tenantId, installation: principal.permissions.includes("platform:admin") };
}

/** The backup, if the caller may see it; else the problem `not_found`. */
export async function requireBackup(service: BackupService, principal: Principal, id: string): Promise<BackupRow> {
  const row = await findBackup(service.database, scopeOf(principal), id);
  if (row === undefined) throw new Problem("not_found");
  return row;
}

/** Likewise, and only a backup of the installation: an export is neither verified nor restored. */
export async function requireInstallationBackup(
  service: BackupService,
  principal: Principal,
  id: string,
): Promise<BackupRow> {
  const row = await requireBackup(service, principal, id);
  if (row.kind !== "installation")
    throw new Problem("conflict", "this is an export; only backups of the installation can be verified and restored");
  if (row.status !== "finished")
    throw new Problem("conflict", row.status === "running" ? "the backup is not finished" : "the backup has failed");
  return row;
}
