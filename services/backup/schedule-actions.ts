/** The backup schedule as a resource. */
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/backup.ts";
import { findSchedule, saveSchedule, type ScheduleRow } from "../../db/statements/backup/backup-schedule.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { expectedVersion, sendVersion } from "../../access/etag.ts";
import type { BackupService } from "./types.ts";
import { nextScheduledTime, viewSchedule } from "./schedule.ts";

const { serve } = actionsOf<BackupService>();

export const scheduleActions = {
  "schedule.get": serve(routes.getSchedule, async function (ctx) {
    const row = await findSchedule(this.database);
    sendVersion(ctx, row?.version ?? 0);
    return viewSchedule(row);
  }),

  "schedule.put": serve(routes.putSchedule, async function (ctx) {
    const { enabled, everyHours, keep, media, verify } = ctx.params.body;
    const version = expectedVersion(ctx) ?? (await findSchedule(this.database))?.version ?? 0;
    const row: ScheduleRow = {
      enabled: Number(enabled),
      every_hours: everyHours,
      keep: JSON.stringify(keep),
      media: Number(media),
      verify: Number(verify),
      next_at: nextScheduledTime(everyHours, systemNow()),
      tenant_id: principalOf(ctx).tenantId,
      version: version + 1,
    };
    if (!(await saveSchedule(this.database, row))) throw new Problem("precondition_failed");
    await recordAudit(this.database, ctx, { action: "backup_schedule.updated", target: null, detail: ctx.params.body });
    sendVersion(ctx, row.version);
    return viewSchedule(row);
  }),
};
