/** Backups and exports as resources: list, make, read, download, delete. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { Problem } from "../../contracts/errors.ts";
import type * as routes from "../../contracts/routes/backup.ts";
import type { Backup } from "../../contracts/routes/backup.ts";
import type { Id } from "../../contracts/ids.ts";
import { listBackups } from "../../db/statements/backup/backups.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { readContent } from "./archive/file.ts";
import { fileOf } from "./disk.ts";
import { requireBackup, scopeOf, type BackupService } from "./types.ts";
import { discard } from "./maintenance.ts";
import { viewBackup } from "./views.ts";
import type { NewBackup } from "./work.ts";

async function begin(
  service: BackupService,
  ctx: Call<typeof routes.createBackup | typeof routes.createExport>,
  wanted: NewBackup,
): Promise<Backup> {
  await service.work.room.toMake({ ...wanted, tenant_id: wanted.tenantId });
  const id = await service.work.create(wanted);
  await recordAudit(service.database, ctx, {
    action: wanted.kind === "export" ? "export.created" : "backup.created",
    target: id,
  });
  return viewBackup(await requireBackup(service, principalOf(ctx), id));
}

export const backupActions = {
  async list(
    this: BackupService,
    ctx: Call<typeof routes.listBackups>,
  ): Promise<{ data: Backup[]; nextCursor: string | null }> {
    const { limit, cursor } = ctx.params.query;
    const before = cursor === undefined ? null : fromCursor(this.secrets, "backups", cursor);
    const rows = await listBackups(this.database, scopeOf(principalOf(ctx)), { before, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    return {
      data: shown.map(viewBackup),
      nextCursor: rows.length > limit ? toCursor(this.secrets, "backups", shown.at(-1)!.id) : null,
    };
  },

  async create(this: BackupService, ctx: Call<typeof routes.createBackup>): Promise<Backup> {
    const { tenantId } = principalOf(ctx);
    return begin(this, ctx, { ...ctx.params.body, tenantId, kind: "installation", origin: "request" });
  },

  async export(this: BackupService, ctx: Call<typeof routes.createExport>): Promise<Backup> {
    const { tenantId } = scopeOf(principalOf(ctx));
    return begin(this, ctx, {
      ...ctx.params.body,
      tenantId: tenantId as Id<"tenant">,
      kind: "export",
      origin: "request",
      verify: false,
    });
  },

  async get(this: BackupService, ctx: Call<typeof routes.getBackup>): Promise<Backup> {
    return viewBackup(await requireBackup(this, principalOf(ctx), ctx.params.params.id));
  },

  async remove(this: BackupService, ctx: Call<typeof routes.removeBackup>): Promise<void> {
    const row = await requireBackup(this, principalOf(ctx), ctx.params.params.id);
    if (!(await discard(this.database, this.folder, row.id)))
      throw new Problem("conflict", "something is being done with it now; wait for its end");
    await recordAudit(this.database, ctx, {
      action: `${row.kind === "export" ? "export" : "backup"}.deleted`,
      target: row.id,
    });
  },

  /** A backup as it lies there; an export decrypted, since its tenant has no key. */
  async download(this: BackupService, ctx: Call<typeof routes.downloadBackup>): Promise<Readable> {
    const row = await requireBackup(this, principalOf(ctx), ctx.params.params.id);
    if (row.status !== "finished")
      throw new Problem("conflict", row.status === "running" ? "it is not finished" : "it has failed");
    const path = fileOf(this.folder, row.id);
    if ((await stat(path).catch(() => undefined)) === undefined)
      throw new Problem("unavailable", "the file is not where this process keeps backups");
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
  },
};
