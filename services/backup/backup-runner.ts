/** The operations on backups: create, verify, restore. Each is claimed first, then queued as a job. */
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";
import { createId, type Id } from "../../contracts/ids.ts";
import type { Sql } from "../../db/database.ts";
import { writeLockOf } from "../../db/sqlite-dialect.ts";
import { appendAudit, type AuditDraft } from "../../db/statements/identity/append-audit.ts";
import * as backups from "../../db/statements/backup/backups.ts";
import type { BackupRow, Claim } from "../../db/statements/backup/backups.ts";
import { listTenantIds } from "../../db/statements/backup/restore-rows.ts";
import type { SealedSample } from "../../db/statements/backup/backup-checks.ts";
import { isUniqueViolation } from "../../db/failures.ts";
import type { Secrets } from "../../mixins/secrets.ts";
import { PART } from "./archive/file.ts";
import type { Manifest } from "./archive/records.ts";
import { fileOf } from "./backup-files.ts";
import { CLAIM_TTL, type JobQueue } from "./job-queue.ts";
import { DiskSpace, type DiskSpaceOptions } from "./disk-space.ts";
import type { RunningJob } from "./running-job.ts";
import { dropScratch, scratchFile, workFolder } from "./scratch-database.ts";
import { TaskRefusedError, runInThread } from "./task-thread.ts";

export interface BackupRunnerOptions extends DiskSpaceOptions {
  readonly secrets: Secrets;
  readonly queue: JobQueue;
  /** Identifies this process in claims. */
  readonly owner: string;
  /** Called after a restore with the tenants from before and after it, to drop cached data about their callers. */
  readonly onRestored: (tenantIds: readonly string[]) => Promise<void>;
}

export interface NewBackup {
  readonly tenantId: Id<"tenant">;
  readonly kind: BackupRow["kind"];
  readonly origin: BackupRow["origin"];
  readonly media: boolean;
  readonly verify: boolean;
}

/** ms until an export is deleted. */
const EXPORT_LIFETIME = 7 * 86_400_000;

/**
 * Bytes of the largest SQLite database that is restored online. SQLite has one writer: while rows are replaced no
 * lease is renewed, and a session node stops after twenty seconds without its lease.
 */
const MAX_ONLINE_RESTORE = 1_000_000_000;

/** Operations in the same lane exclude each other: all those on the installation, and the exports of each tenant. */
const INSTALLATION = "installation";

export class BackupRunner {
  readonly diskSpace: DiskSpace;
  readonly #options: BackupRunnerOptions;

  constructor(options: BackupRunnerOptions) {
    this.#options = options;
    this.diskSpace = new DiskSpace(options);
  }

  /**
   * Starts a backup or an export and returns its id. `guard` runs in the same transaction and may throw to prevent
   * it.
   */
  async create(wanted: NewBackup, guard: (sql: Sql) => Promise<void> = async () => undefined): Promise<Id<"backup">> {
    const id = createId("backup");
    const claim = this.#claim(id, "creating", wanted.kind === "export" ? wanted.tenantId : INSTALLATION);
    const now = systemNow();
    await this.#whenLaneIsFree(() =>
      this.#options.database.transaction(async (sql) => {
        await guard(sql);
        await backups.insertBackup(
          sql,
          { ...wanted, now, expiresAt: wanted.kind === "export" ? now + EXPORT_LIFETIME : null },
          claim,
        );
      }),
    );
    this.#enqueue(claim, wanted.tenantId, (running) =>
      this.#create(running, claim, { ...wanted, createdAt: new Date(now).toISOString() }),
    );
    return id;
  }

  /** Starts a verification: restores the backup into a scratch database and checks it. */
  async verify(row: BackupRow, tenantId: Id<"tenant">): Promise<void> {
    const claim = await this.#claimExisting(row, "verifying");
    this.#enqueue(claim, tenantId, (running) => this.#verify(running, claim));
  }

  /** Starts a restore, which replaces all data with the backup's. */
  async restore(row: BackupRow, tenantId: Id<"tenant">, audit: AuditDraft): Promise<void> {
    const claim = await this.#claimExisting(row, "restoring");
    this.#enqueue(claim, tenantId, (running) => this.#restore(running, claim, row, audit));
  }

  /**
   * Removes what an operation left behind. The row alone decides whether the archive is deleted: a creation may have
   * been committed although its answer was lost.
   */
  async cleanUp(id: string): Promise<void> {
    const { database, location, folder } = this.#options;
    await rm(fileOf(folder, id) + PART, { force: true });
    if (location.dialect === "sqlite") await rm(join(workFolder(location.file), `${id}.snapshot.db`), { force: true });
    if (await backups.isFailedOrMissing(database, id)) await rm(fileOf(folder, id), { force: true });
    await dropScratch(location, id);
  }

  #claim(id: string, activity: Claim["activity"], lane: string): Claim {
    return { id, activity, lane, owner: this.#options.owner, ttl: CLAIM_TTL };
  }

  async #claimExisting(row: BackupRow, activity: Claim["activity"]): Promise<Claim> {
    const claim = this.#claim(row.id, activity, INSTALLATION);
    const claimed = await this.#whenLaneIsFree(() => backups.claimBackup(this.#options.database, claim));
    if (!claimed) throw new Problem("conflict", "this backup is in use by a running operation, or not finished yet");
    return claim;
  }

  async #whenLaneIsFree<T>(claim: () => Promise<T>): Promise<T> {
    try {
      return await claim();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new Problem("conflict", "another backup, verification or restore is running; only one runs at a time");
    }
  }

  #enqueue(claim: Claim, tenantId: Id<"tenant">, run: (running: RunningJob) => Promise<void>): void {
    this.#options.queue.add({ claim, tenantId, run, cleanUp: () => this.cleanUp(claim.id) });
  }

  async #create(running: RunningJob, claim: Claim, wanted: NewBackup & { createdAt: string }): Promise<void> {
    const { secrets, location, folder, dataDir } = this.#options;
    const { kind, tenantId, createdAt } = wanted;
    await this.diskSpace.requireForBackup({ ...wanted, tenant_id: tenantId });
    const input = {
      id: claim.id,
      location,
      kind,
      createdAt,
      path: fileOf(folder, claim.id),
      key: secrets.key("backup"),
      tenantId: kind === "export" ? tenantId : null,
      mediaDir: wanted.media ? dataDir : null,
    };
    const { size, checksum, manifest } = await runInThread({ name: "dump", input }, running.signal, running.report);
    await running.writesSettled();
    const next = wanted.verify && kind === "installation" ? "verifying" : null;
    const creation = { size, checksum, manifest: JSON.stringify(manifest), now: systemNow() };
    const isConcluded = await running.conclude((sql) => backups.finishCreation(sql, claim, creation, next), {
      kind,
      size,
      checksum,
    });
    if (isConcluded && next !== null) await this.#verify(running, claim);
  }

  async #loadIntoScratch(running: RunningJob, id: string, mediaDir: string | null): Promise<Manifest> {
    const { location, folder, secrets } = this.#options;
    const input = { id, location, path: fileOf(folder, id), key: secrets.key("backup"), mediaDir };
    const { manifest, samples } = await runInThread({ name: "loadIntoScratch", input }, running.signal, running.report);
    for (const sample of samples) this.#requireOpens(sample);
    return manifest;
  }

  /** Checks that this installation's master key opens the secrets of the backup. */
  #requireOpens({ sealed, ...field }: SealedSample): void {
    try {
      this.#options.secrets.open(sealed, field);
    } catch (error) {
      throw new TaskRefusedError("the secrets in the backup cannot be opened with this master key", { cause: error });
    }
  }

  async #verify(running: RunningJob, claim: Claim): Promise<void> {
    running.activity = "verifying";
    await this.diskSpace.requireForVerification();
    await this.#loadIntoScratch(running, claim.id, null);
    await this.#finish(running, claim);
  }

  async #restore(running: RunningJob, claim: Claim, row: BackupRow, audit: AuditDraft): Promise<void> {
    const { database, location, dataDir, onRestored } = this.#options;
    const before = await listTenantIds(database);
    await this.diskSpace.requireForRestore(row);
    const manifest = await this.#loadIntoScratch(running, claim.id, dataDir);
    if (location.dialect === "sqlite" && (await stat(scratchFile(location, claim.id))).size > MAX_ONLINE_RESTORE) {
      throw new TaskRefusedError(
        "on SQLite a database of more than 1 GB can only be restored offline: npm run restore",
      );
    }
    running.isWritePaused = true;
    await running.writesSettled();
    // Makes the process's own writers wait here rather than in the driver, whose synchronous wait blocks the event
    // loop.
    const release = location.dialect === "sqlite" ? await writeLockOf(location.file).acquire() : () => undefined;
    try {
      await runInThread(
        { name: "replaceLiveData", input: { location, id: claim.id, manifest, intoEmpty: false } },
        running.signal,
        running.report,
      );
    } finally {
      release();
    }
    await onRestored([...new Set([...before, ...(await listTenantIds(database))])]);
    await appendAudit(database, audit);
    await this.#finish(running, claim);
  }

  async #finish(running: RunningJob, claim: Claim): Promise<void> {
    await running.writesSettled();
    await running.conclude((sql) => backups.finishActivity(sql, claim, systemNow()));
  }
}
