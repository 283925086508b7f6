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
      .describe("installation: all data, for platform administrators; export: one tenant's data, for that tenant"),
    origin: z.enum(["request", "schedule"]).describe("Who started it"),
    status: z.enum(["running", "finished", "failed"]),
    activity: z.enum(["creating", "verifying", "restoring"]).nullable().describe("The current activity"),
    progress: z.int().min(0).max(100).describe("Progress of the current activity in percent; 100 when there is none"),
    media: z.boolean().describe("Whether media files are included"),
    size: z.int().nullable().describe("Size of the download in bytes"),
    checksum: z.string().nullable().describe("SHA-256 of the download, in hex"),
    tables: z.record(z.string(), z.int()).nullable().describe("Number of rows by table"),
    error: z.string().nullable().describe("Why the last activity failed"),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    verifiedAt: z.iso
      .datetime()
      .nullable()
      .describe("When it was last restored into a temporary database and found complete"),
    restoredAt: z.iso.datetime().nullable().describe("When the system was last restored from it; null for never"),
    expiresAt: z.iso.datetime().nullable().describe("When it is deleted automatically; exports are kept for a week"),
  })
  .meta({ id: "Backup" });
export type Backup = z.infer<typeof Backup>;

export const RestorePlan = z
  .object({
    dryRun: z.literal(true),
    madeAt: z.iso.datetime().describe("When the backup was made"),
    verifiedAt: z.iso.datetime().nullable().describe("When it was last verified; null for never"),
    tables: z
      .array(
        z.object({
          table: z.string().describe("Name of the table"),
          rowsNow: z.int().describe("Current number of rows"),
          rowsAfter: z.int().describe("Number of rows in the backup"),
        }),
      )
      .describe("Current and restored number of rows by table"),
    obstacles: z
      .array(z.string())
      .describe("Reasons for which a restore would be refused now; empty when it can start"),
  })
  .meta({ id: "RestorePlan" });
export type RestorePlan = z.infer<typeof RestorePlan>;

const count = z.int().min(0).max(1_000);

export const Generations = object({ hourly: count, daily: count, weekly: count, monthly: count }).describe(
  "How many of the last hours, days, weeks and months with a backup keep their newest one. " +
    "The newest backup and the newest verified one are always kept",
);
export type Generations = z.infer<typeof Generations>;

const Plan = {
  enabled: z.boolean().describe("Whether backups are made on this schedule"),
  everyHours: z.int().min(1).max(168).describe("Interval in hours; backups start on the hour (UTC)"),
  keep: Generations.describe(
    "How many scheduled backups are kept. Backups made on request are kept until they are deleted",
  ),
  media: z.boolean().describe("Whether media files are included"),
  verify: z
    .boolean()
    .describe("Whether each backup is restored into a temporary database and checked right after it is made"),
};

export const BackupSchedule = z
  .object({ ...Plan, nextAt: z.iso.datetime().nullable().describe("When the next backup starts; null when disabled") })
  .meta({ id: "BackupSchedule" });
export type BackupSchedule = z.infer<typeof BackupSchedule>;

const BackupParams = object({ id: idSchema("backup") });

export const listBackups = route({
  method: "GET",
  path: "/backups",
  action: "backup.list",
  permission: "backup:read",
  summary: "List the tenant's exports and, for platform administrators, the installation's backups",
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
    media: z.boolean().default(false).describe("Whether media files are included"),
    verify: z
      .boolean()
      .default(true)
      .describe("Whether the backup is restored into a temporary database and checked right after it is made"),
  }).prefault({}),
  responses: { 202: Backup },
  problems: ["conflict"],
});

export const createExport = route({
  method: "POST",
  path: "/exports",
  action: "backup.export",
  permission: "backup:write",
  summary: "Export the tenant's own data, without passwords, keys and secrets",
  tag,
  body: object({ media: z.boolean().default(false).describe("Whether media files are included") }).prefault({}),
  responses: { 202: Backup },
  problems: ["conflict"],
});

export const getBackup = route({
  method: "GET",
  path: "/backups/:id",
  action: "backup.get",
  permission: "backup:read",
  summary: "Get a backup or export",
  tag,
  params: BackupParams,
  responses: { 200: Backup },
});

export const removeBackup = route({
  method: "DELETE",
  path: "/backups/:id",
  action: "backup.remove",
  permission: "backup:write",
  summary: "Delete a backup or export and its file",
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
  summary: "Download a backup (encrypted with the master key) or an export (gzipped JSON lines)",
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
  summary: "Restore a backup of the installation into a temporary database and check it",
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
  summary: "Replace all current data with a backup; with dryRun, only report what would change",
  tag,
  params: BackupParams,
  body: object({
    dryRun: z.boolean().default(false),
    confirm: z.string().max(100).optional().describe("The id of the backup again; required unless dryRun is true"),
  }).prefault({}),
  responses: { 200: RestorePlan, 202: Backup },
  problems: ["conflict"],
});

export const getSchedule = route({
  method: "GET",
  path: "/backups/schedule",
  action: "backup.schedule.get",
  permission: "platform:admin",
  summary: "Get the backup schedule",
  tag,
  responses: { 200: BackupSchedule },
});

export const putSchedule = route({
  method: "PUT",
  path: "/backups/schedule",
  action: "backup.schedule.put",
  permission: "platform:admin",
  summary: "Set the backup schedule",
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
