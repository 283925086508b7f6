/** Verifying and restoring backups. */
import { fieldProblem, isProblem, Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/backup.ts";
import type { RestorePlan } from "../../contracts/routes/backup.ts";
import type { AuditDraft } from "../../db/statements/identity/append-audit.ts";
import type { BackupRow } from "../../db/statements/backup/backups.ts";
import { countBusySessions } from "../../db/statements/backup/restore-rows.ts";
import { countRows } from "../../db/statements/backup/table-rows.ts";
import { readTableShapes } from "../../db/statements/backup/table-shapes.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { ArchiveError } from "./archive/error.ts";
import { readArchiveInfo } from "./archive/file.ts";
import { fileOf } from "./backup-files.ts";
import { requireBackup, requireInstallationBackup, type BackupService } from "./types.ts";
import { sessionsRunning } from "./replace-live-data.ts";
import { dataTables } from "./tables.ts";
import { manifestOf, viewBackup } from "./views.ts";

const { serve } = actionsOf<BackupService>();

/** The reasons why a restore cannot start now, as the errors that a restore would be refused with. */
async function findObstacles(service: BackupService, row: BackupRow): Promise<Error[]> {
  const obstacles: Error[] = [];
  const busy = await countBusySessions(service.database);
  if (busy > 0) obstacles.push(sessionsRunning(busy));
  if (row.activity !== null) obstacles.push(new Problem("conflict", "this backup is in use by a running operation"));
  try {
    await readArchiveInfo(fileOf(service.folder, row.id), service.secrets.key("backup"));
    await service.runner.diskSpace.requireForRestore(row);
  } catch (error) {
    if (!(error instanceof ArchiveError) && !isProblem(error)) throw error;
    obstacles.push(error instanceof ArchiveError ? new Problem("conflict", error.message) : error);
  }
  return obstacles;
}

async function planOf(service: BackupService, row: BackupRow): Promise<RestorePlan> {
  const manifest = manifestOf(row);
  if (manifest === undefined) throw new Problem("conflict", "the backup is not finished yet");
  const tables: RestorePlan["tables"] = [];
  for (const { name } of dataTables(await readTableShapes(service.database))) {
    tables.push({
      table: name,
      rowsNow: await countRows(service.database, name),
      rowsAfter: manifest.tables[name]?.rows ?? 0,
    });
  }
  return {
    dryRun: true,
    madeAt: manifest.createdAt,
    verifiedAt: row.verified_at === null ? null : new Date(row.verified_at).toISOString(),
    tables: tables.sort((a, b) => (a.table < b.table ? -1 : 1)),
    obstacles: (await findObstacles(service, row)).map((obstacle) => obstacle.message),
  };
}

/** The first entry of the audit trail after the restore. */
function auditOf(ctx: Call<typeof routes.restoreBackup>, id: string): AuditDraft {
  const { tenantId, userId } = principalOf(ctx);
  const { clientIp, requestId } = ctx.meta;
  return {
    tenantId,
    actor: { type: "user", id: userId, ip: clientIp ?? null },
    action: "backup.restored",
    target: id,
    detail: {},
    requestId: requestId ?? null,
  };
}

export const restoreActions = {
  verify: serve(routes.verifyBackup, async function (ctx) {
    const principal = principalOf(ctx);
    const row = await requireInstallationBackup(this, principal, ctx.params.params.id);
    await this.runner.verify(row, principal.tenantId);
    await recordAudit(this.database, ctx, { action: "backup.verification_started", target: row.id });
    return viewBackup(await requireBackup(this, principal, row.id));
  }),

  restore: serve(routes.restoreBackup, async function (ctx) {
    const principal = principalOf(ctx);
    const { dryRun, confirm } = ctx.params.body;
    const row = await requireInstallationBackup(this, principal, ctx.params.params.id);
    if (dryRun) {
      ctx.meta.$statusCode = 200;
      return planOf(this, row);
    }
    if (confirm !== row.id)
      throw fieldProblem(
        "validation",
        "/confirm",
        `a restore replaces all data; confirm it with the id of the backup: "${row.id}"`,
      );
    const [obstacle] = await findObstacles(this, row);
    if (obstacle !== undefined) throw obstacle;
    await recordAudit(this.database, ctx, { action: "backup.restore_started", target: row.id });
    await this.runner.restore(row, principal.tenantId, auditOf(ctx, row.id));
    ctx.meta.$statusCode = 202;
    return viewBackup(await requireBackup(this, principal, row.id));
  }),
};
