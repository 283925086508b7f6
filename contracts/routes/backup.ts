/** Backups of the installation, for its administrators, and exports of a tenant's own data. */
import { z } from "zod";
import { idSchema } from "../ids.ts";
import { listOf, object, page, route, type Route } from "../route.ts";

const tag = "Backups";

export const Backup = z
  .object({
    id: z.string(),
    kind: z
      .enum(["installation", "export"])
      .describe("installation: everything, for its administrators; export: one tenant's data, for that tenant"),
    origin: z.enum(["request", "schedule"]),
    status: z.enum(["running", "finished", "failed"]),
    activity: z.enum(["creating", "verifying", "restoring"]).nullable().describe("What is being done with it now"),
    progress: z.int().min(0).max(100).describe("Of the present activity, in per cent; 100 when there is none"),
    media: z.boolean().describe("Whether the files of media are inside"),
    size: z.int().nullable().describe("Bytes of what can be downloaded"),
    checksum: z.string().nullable().describe("SHA-256 of what can be downloaded, in hex"),
    tables: z.record(z.string(), z.int()).nullable().describe("Rows of each table inside"),
    error: z.string().nullable().describe("Why the last activity failed"),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    verifiedAt: z.iso
      .datetime()
      .nullable()
      .describe("When it was last restored into a scratch database and found whole"),
    restoredAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable().describe("When it is deleted by itself; exports live for a week"),
  })
  .meta({ id: "Backup" });
export type Backup = z.infer<typeof Backup>;

export const RestorePlan = z
  .object({
    dryRun: z.literal(true),
    madeAt: z.iso.datetime(),
    verifiedAt: z.iso.datetime().nullable(),
    tables: z
      .array(z.object({ table: z.string(), rowsNow: z.int(), rowsAfter: z.int() }))
      .describe("What each table has now, and would have"),
    obstacles: z.array(z.string()).describe("What a restore would be refused for now; none when it could begin"),
  })
  .meta({ id: "RestorePlan" });
export type RestorePlan = z.infer<typeof RestorePlan>;

const kept = z.int().min(0).max(1_000);

export const Generations = object({ hourly: kept, daily: kept, weekly: kept, monthly: kept }).describe(
  "Of so many last hours, days, weeks and months that have a backup, the newest one is kept; besides always the newest and the newest verified one",
);
export type Generations = z.infer<typeof Generations>;

const Plan = {
  enabled: z.boolean(),
  everyHours: z.int().min(1).max(168).describe("On the full hour (UTC): every so many hours"),
  keep: Generations.describe(
    "How long backups of the schedule are kept. Those that someone asked for stay until they are deleted",
  ),
  media: z.boolean().describe("Whether the files of media are included"),
  verify: z.boolean().describe("Whether each backup is restored into a scratch database and checked at once"),
};

export const BackupSchedule = z.object({ ...Plan, nextAt: z.iso.datetime().nullable() }).meta({ id: "BackupSchedule" });
export type BackupSchedule = z.infer<typeof BackupSchedule>;

const BackupParams = object({ id: idSchema("backup") });

export const listBackups = route({
  method: "GET",
  path: "/backups",
  action: "backup.list",
  permission: "backup:read",
  summary: "List the tenant's exports and, for platform administrators, the backups of the installation",
  tag,
  query: object(page),
  responses: { 200: listOf(Backup) },
  problems: ["cursor_invalid"],
});

export const createBackup = route({
  method: "POST",
  path: "/backups",
  action: "backup.create",
  permission: "platform:admin",
  summary: "Back up the whole installation",
  tag,
  body: object({
    media: z.boolean().default(false).describe("Whether the files of media are included"),
    verify: z.boolean().default(true).describe("Whether it is restored into a scratch database and checked at once"),
  }).prefault({}),
  responses: { 202: Backup },
  problems: ["conflict"],
});

export const createExport = route({
  method: "POST",
  path: "/exports",
  action: "backup.export",
  permission: "backup:write",
  summary: "Export the tenant's own data; passwords, keys and secrets are not part of it",
  tag,
  body: object({ media: z.boolean().default(false).describe("Whether the files of media are included") }).prefault({}),
  responses: { 202: Backup },
  problems: ["conflict"],
});

export const getBackup = route({
  method: "GET",
  path: "/backups/:id",
  action: "backup.get",
  permission: "backup:read",
  summary: "Read a backup or export",
  tag,
  params: BackupParams,
  responses: { 200: Backup },
});

export const removeBackup = route({
  method: "DELETE",
  path: "/backups/:id",
  action: "backup.remove",
  permission: "backup:write",
  summary: "Delete a backup or export with its file",
  tag,
  params: BackupParams,
  responses: { 204: null },
  problems: ["conflict"],
});

export const downloadBackup = route({
  method: "GET",
  path: "/backups/:id/download",
  action: "backup.download",
  permission: "backup:read",
  summary: "Download a backup (encrypted, useful only with the master key) or an export (lines of JSON, gzip)",
  tag,
  params: BackupParams,
  responses: { 200: z.string() },
  produces: ["application/octet-stream", "application/gzip"],
  problems: ["conflict", "unavailable"],
});

export const verifyBackup = route({
  method: "POST",
  path: "/backups/:id/verify",
  action: "backup.verify",
  permission: "platform:admin",
  summary: "Restore a backup of the installation into a scratch database and check it",
  tag,
  params: BackupParams,
  responses: { 202: Backup },
  problems: ["conflict"],
});

export const restoreBackup = route({
  method: "POST",
  path: "/backups/:id/restore",
  action: "backup.restore",
  permission: "platform:admin",
  summary: "Put a backup in the place of everything that is there now; with dryRun only say what would change",
  tag,
  params: BackupParams,
  body: object({
    dryRun: z.boolean().default(false),
    confirm: z.string().max(100).optional().describe("The id of the backup, once more; needed unless dryRun is true"),
  }).prefault({}),
  responses: { 200: RestorePlan, 202: Backup },
  problems: ["conflict"],
});

export const getSchedule = route({
  method: "GET",
  path: "/backups/schedule",
  action: "backup.schedule.get",
  permission: "platform:admin",
  summary: "Read when backups are made and how long they are kept",
  tag,
  responses: { 200: BackupSchedule },
});

export const putSchedule = route({
  method: "PUT",
  path: "/backups/schedule",
  action: "backup.schedule.put",
  permission: "platform:admin",
  summary: "Say when backups are made and how long they are kept",
  tag,
  body: object(Plan),
  responses: { 200: BackupSchedule },
  problems: ["precondition_failed"],
});

export const backupRoutes: readonly Route[] = [
  listBackups,
  createBackup,
  createExport,
  getSchedule,
  putSchedule,
  getBackup,
  removeBackup,
  downloadBackup,
  verifyBackup,
  restoreBackup,
];
