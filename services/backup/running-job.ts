/** One operation on a backup while it runs: renews its claim, and reports progress and completion as events. */
import { systemNow } from "../../concurrency/clock.ts";
import type { EventData, EventDraft } from "../../contracts/events.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database, Sql } from "../../db/database.ts";
import { renewClaim, type Activity, type Claim } from "../../db/statements/backup/backups.ts";

/** ms between two progress events. */
const PROGRESS_INTERVAL = 1_000;

/** Why a job was aborted; the message becomes the backup's error. */
export class JobAbortedError extends Error {
  override readonly name = "JobAbortedError";
}

/** An operation on a backup that has been claimed. */
export interface Job {
  readonly claim: Claim;
  /** The tenant that receives the events. */
  readonly tenantId: Id<"tenant">;
  /** Runs the operation and writes its completion. The message of an error becomes the backup's error. */
  readonly run: (running: RunningJob) => Promise<void>;
  /** Removes temporary files and databases, after success as after failure. */
  readonly cleanUp: () => Promise<void>;
}

/** An event about a backup. */
export type BackupEvent = EventDraft<"backup.progress" | "backup.finished" | "backup.failed">;

/** The part of the queue that a running job uses. */
export interface JobHost {
  readonly database: Database;
  readonly logger: { warn(message: string, fields: object): void };
  /** Appends the event in the same transaction as the change; false when the change did not apply. */
  publish(event: BackupEvent, change: (sql: Sql) => Promise<boolean>): Promise<boolean>;
}

export class RunningJob {
  readonly signal: AbortSignal;
  readonly #claimLost = new AbortController();
  /** The current operation: verifying follows creating within one job. */
  activity: Activity;
  readonly #host: JobHost;
  readonly #job: Job;
  #share = 0;
  #reportedAt = 0;
  #writing: Promise<void> | undefined;
  /** Set while the tables are being replaced, when nothing else may be written. */
  isWritePaused = false;

  constructor(host: JobHost, job: Job, signal: AbortSignal) {
    this.#host = host;
    this.#job = job;
    this.activity = job.claim.activity;
    this.signal = AbortSignal.any([signal, this.#claimLost.signal]);
  }

  /** Reports the progress, from 0 to 1. */
  readonly report = (share: number): void => {
    this.#share = share;
    const now = systemNow();
    if (this.isWritePaused || this.#writing !== undefined || now - this.#reportedAt < PROGRESS_INTERVAL) return;
    this.#reportedAt = now;
    const event: BackupEvent = {
      type: "backup.progress",
      tenantId: this.#job.tenantId,
      sessionId: null,
      data: { ...this.#subject, progress: this.progress },
    };
    this.#write((renew) => this.#host.publish(event, renew));
  };

  /** Writes the outcome and its event. Returns false when the claim was lost and nothing was written. */
  conclude(
    change: (sql: Sql) => Promise<boolean>,
    data: Omit<EventData<"backup.finished">, "backupId" | "activity"> = {},
  ): Promise<boolean> {
    const { tenantId } = this.#job;
    return this.#host.publish(
      { type: "backup.finished", tenantId, sessionId: null, data: { ...this.#subject, ...data } },
      change,
    );
  }

  /** Progress in percent. */
  get progress(): number {
    return Math.floor(this.#share * 100);
  }

  /** Renews the claim. If that fails, another process may already have marked this job as failed. */
  renew(): void {
    if (this.#writing === undefined) this.#write((renew) => renew(this.#host.database));
  }

  /** Resolves when no write is in progress. */
  async writesSettled(): Promise<void> {
    await this.#writing;
  }

  get #subject(): { backupId: string; activity: Activity } {
    return { backupId: this.#job.claim.id, activity: this.activity };
  }

  #write(write: (renew: (sql: Sql) => Promise<boolean>) => Promise<boolean>): void {
    const { claim } = this.#job;
    this.#writing = write((sql) => renewClaim(sql, claim, this.progress))
      .then((isOurs) => {
        if (!isOurs) this.#claimLost.abort(new JobAbortedError("the process failed to renew its claim in time"));
      })
      .catch((error: unknown) =>
        this.#host.logger.warn("backup progress not written", { backupId: claim.id, error: String(error) }),
      )
      .finally(() => (this.#writing = undefined));
  }
}
