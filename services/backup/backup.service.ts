/**
 * Backups: consistent, encrypted copies of the running installation, verified by a trial restore; and tenants'
 * exports of their own data.
 */
import { randomUUID } from "node:crypto";
import type { ServiceSchema } from "moleculer";
import { systemNow } from "../../concurrency/clock.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { Poller } from "../../concurrency/poller.ts";
import { backupGauges } from "./gauges.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { backupActions } from "./backup-actions.ts";
import type { BackupLocals, BackupService, BackupSettings } from "./types.ts";
import { JobQueue } from "./job-queue.ts";
import { restoreActions } from "./restore-actions.ts";
import { scheduleActions } from "./schedule-actions.ts";
import { locationOf } from "./scratch-database.ts";
import { maintain } from "./maintenance.ts";
import { BackupRunner } from "./backup-runner.ts";

export default {
  name: "backup",
  mixins: [secretsMixin, backupGauges, databaseMixin],

  settings: { interval: 5_000, freeSpaceFactor: 2 },

  actions: { ...backupActions, ...restoreActions, ...scheduleActions },

  async started(this: BackupService) {
    const { database, secrets, logger, broker, settings } = this;
    const { backupDir, dataDir, databaseUrl } = configOf(broker);
    const owner = randomUUID();
    this.folder = backupDir;
    this.queue = new JobQueue({ database, logger, announce: () => announceEvents(broker) });
    this.runner = new BackupRunner({
      database,
      secrets,
      dataDir,
      owner,
      queue: this.queue,
      location: locationOf(database, databaseUrl),
      folder: this.folder,
      freeSpaceFactor: settings.freeSpaceFactor,
      onRestored: async (tenantIds) => {
        for (const tenantId of tenantIds) await announceAccessChange(broker, { tenantId });
      },
    });
    const maintained = { database, queue: this.queue, runner: this.runner, folder: this.folder, owner };
    this.maintenance = new Poller({
      name: "backups",
      interval: settings.interval,
      logger,
      work: async () => {
        await maintain(maintained, systemNow());
        return false;
      },
    });
    this.maintenance.start();
  },

  async stopped(this: BackupService) {
    await this.maintenance?.stop();
    await this.queue?.stop();
  },
} satisfies ServiceSchema<BackupSettings, object, BackupLocals>;
