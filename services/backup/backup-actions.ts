/** Backups and exports as resources: list, create, read, download, delete. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/backup.ts";
import type { Backup } from "../../contracts/routes/backup.ts";
import type { Id } from "../../contracts/ids.ts";
import { listBackups } from "../../db/statements/backup/backups.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { readContent } from "./archive/file.ts";
import { fileOf } from "./backup-files.ts";
import { requireBackup, scopeOf, type BackupService } from "./types.ts";
import { deleteBackup } from "./maintenance.ts";
import { viewBackup } from "./views.ts";
import type { NewBackup } from "./backup-runner.ts";

const { serve } = actionsOf<BackupService>();

async function start(
  service: BackupService,
  ctx: Call<typeof routes.createBackup | typeof routes.createExport>,
  wanted: NewBackup,
): Promise<Backup> {
  await service.runner.diskSpace.requireForBackup({ ...wanted, tenant_id: wanted.tenantId });
  const id = await service.runner.create(wanted);
  await recordAudit(service.database, ctx, {
    action: wanted.kind === "export" ? "export.created" : "backup.created",
    target: id,
  });
  return viewBackup(await requireBackup(service, principalOf(ctx), id));
}

export const backupActions = {
  list: serve(routes.listBackups, async function (ctx) {
    const { limit, cursor } = ctx.params.query;
    const before = cursor === undefined ? null : fromCursor(this.secrets, "backups", cursor);
    const rows = await listBackups(this.database, scopeOf(principalOf(ctx)), { before, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    return {
      data: shown.map(viewBackup),
      nextCursor: rows.length > limit ? toCursor(this.secrets, "backups", shown.at(-1)!.id) : null,
    };
  }),

  create: serve(routes.createBackup, async function (ctx) {
    const { tenantId } = principalOf(ctx);
    return start(this, ctx, { ...ctx.params.body, tenantId, kind: "installation", origin: "request" });
  }),

  export: serve(routes.createExport, async function (ctx) {
    const { tenantId } = scopeOf(principalOf(ctx));
    return start(this, ctx, {
      ...ctx.params.body,
      tenantId: tenantId as Id<"tenant">,
      kind: "export",
      origin: "request",
      verify: false,
    });
  }),

  get: serve(routes.getBackup, async function (ctx) {
    return viewBackup(await requireBackup(this, principalOf(ctx), ctx.params.params.id));
  }),

  remove: serve(routes.removeBackup, async function (ctx) {
    const row = await requireBackup(this, principalOf(ctx), ctx.params.params.id);
    if (!(await deleteBackup(this.database, this.folder, row.id)))
      throw new Problem("conflict", "it is in use by a running operation; wait until that ends");
    await recordAudit(this.database, ctx, {
      action: `${row.kind === "export" ? "export" : "backup"}.deleted`,
      target: row.id,
    });
  }),

  /** Sends a backup as it is stored, but an export decrypted, because its tenant does not have the key. */
  download: serve(routes.downloadBackup, async function (ctx) {
    const row = await requireBackup(this, principalOf(ctx), ctx.params.params.id);
    if (row.status !== "finished")
      throw new Problem("conflict", row.status === "running" ? "it is not finished yet" : "it has failed");
    const path = fileOf(this.folder, row.id);
    if ((await stat(path).catch(() => undefined)) === undefined)
      throw new Problem("unavailable", "the file is not in the backup directory of this process");
    const isExport = row.kind === "export";
    await recordAudit(this.database, ctx, {
      action: isExport ? "export.downloaded" : "backup.downloaded",
      target: row.id,
    });
    ctx.meta.$responseType = isExport ? "application/gzip" : "application/octet-stream";
    ctx.meta.$responseHeaders = {
      "Content-Disposition": `attachment; filename="${isExport ? `export-${row.id}.ndjson.gz` : `${row.id}.wppbak`}"`,
      "Content-Length": String(row.size),
      "Cache-Control": "no-store",
    };
    return isExport ? readContent(path, this.secrets.key("backup")) : createReadStream(path);
  }),
};
