/** Backups: consistent, encrypted copies of the installation, made while it runs, proven by restoring them; and a tenant's export of its own data. */
import { randomUUID } from "node:crypto";
import type { ServiceSchema } from "moleculer";
import { announceAccessChange } from "../../access/access-changes.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { announceEvents } from "../../event-log/readers.ts";
import { Poller } from "../../concurrency/poller.ts";
import { backupGauges } from "./gauges.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { backupActions } from "./backup-actions.ts";
import type { BackupLocals, BackupService, BackupSettings } from "./types.ts";
import { Jobs } from "./jobs.ts";
import { restoreActions } from "./restore-actions.ts";
import { scheduleActions } from "./schedule-actions.ts";
import { placeOf } from "./scratch.ts";
import { keepUp } from "./maintenance.ts";
import { BackupWork } from "./work.ts";

export default {
  name: "backup",
  mixins: [secretsMixin, backupGauges, databaseMixin],

  settings: { interval: 5_000, roomFactor: 2 },

  actions: { ...backupActions, ...restoreActions, ...scheduleActions },

  async started(this: BackupService) {
    const { database, secrets, logger, broker, settings } = this;
    const { backupDir, dataDir, databaseUrl } = configOf(broker);
    const owner = randomUUID();
    this.folder = backupDir;
    this.jobs = new Jobs({ database, logger, announce: () => announceEvents(broker) });
    this.work = new BackupWork({
      ...{ database, secrets, dataDir, owner },
      jobs: this.jobs,
      place: placeOf(database, databaseUrl),
      folder: this.folder,
      roomFactor: settings.roomFactor,
      forget: async (tenantIds) => {
        for (const tenantId of tenantIds) await announceAccessChange(broker, { tenantId });
      },
    });
    const upkeep = { database, jobs: this.jobs, work: this.work, folder: this.folder, owner };
    this.upkeep = new Poller({
      name: "backups",
      interval: settings.interval,
      logger,
      work: async () => {
        await keepUp(upkeep, Date.now());
        return false;
      },
    });
    this.upkeep.start();
  },

  async stopped(this: BackupService) {
    await this.upkeep?.stop();
    await this.jobs?.stop();
  },
} satisfies ServiceSchema<BackupSettings, object, BackupLocals>;
