/**
 * The operations on backups in this process, one at a time in the order of their requests. Each holds a claim in the
 * database and renews it. When a process dies its claims expire, and another process marks them as failed.
 */
import { systemNow } from "../../concurrency/clock.ts";
import { isProblem } from "../../contracts/errors.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database, Sql } from "../../db/database.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { failActivity, type Activity, type Claim } from "../../db/statements/backup/backups.ts";
import { JobAbortedError, RunningJob, type BackupEvent, type Job, type JobHost } from "./running-job.ts";
import { TaskRefusedError } from "./task-thread.ts";

/** ms until a claim that is not renewed expires. */
export const CLAIM_TTL = 15_000;
/** ms. */
const RENEW_INTERVAL = 4_000;
/** Time limit of a job, in ms. */
const DEADLINE = 6 * 3_600_000;

export interface JobQueueOptions {
  readonly database: Database;
  /** Called after events have been committed. */
  readonly announce: () => void;
  readonly logger: { error(message: string, fields: object): void; warn(message: string, fields: object): void };
}

export class JobQueue implements JobHost {
  readonly database: Database;
  readonly logger: JobQueueOptions["logger"];
  readonly #announce: () => void;
  readonly #stop = new AbortController();
  #tail: Promise<void> = Promise.resolve();

  constructor(options: JobQueueOptions) {
    this.database = options.database;
    this.logger = options.logger;
    this.#announce = options.announce;
  }

  /** Queues the job; it starts when those before it have ended. */
  add(job: Job): void {
    const running = new RunningJob(this, job, AbortSignal.any([this.#stop.signal, AbortSignal.timeout(DEADLINE)]));
    // Renewed from now on, not only from the job's start: the claim is held while the job waits.
    const renewing = setInterval(() => running.renew(), RENEW_INTERVAL);
    this.#tail = this.#tail.then(() => this.#run(job, running)).finally(() => clearInterval(renewing));
  }

  /** Aborts the running job and those that wait; each is marked as failed. */
  async stop(): Promise<void> {
    this.#stop.abort(new JobAbortedError("the process was stopped"));
    await this.#tail;
  }

  async publish(event: BackupEvent, change: (sql: Sql) => Promise<boolean>): Promise<boolean> {
    const changed = await this.database.transaction(async (sql) => {
      if (!(await change(sql))) return false;
      await appendEvents(sql, [event], systemNow());
      return true;
    });
    if (changed) this.#announce();
    return changed;
  }

  /** Marks a claimed operation as failed and publishes that. Returns false when it was no longer claimed. */
  fail(
    failed: Pick<Claim, "id" | "owner"> & { activity: Activity; tenantId: Id<"tenant"> },
    error: string,
  ): Promise<boolean> {
    const data = { backupId: failed.id, activity: failed.activity, error };
    return this.publish({ type: "backup.failed", tenantId: failed.tenantId, sessionId: null, data }, (sql) =>
      failActivity(sql, failed, error, systemNow()),
    );
  }

  async #run(job: Job, running: RunningJob): Promise<void> {
    const { id } = job.claim;
    try {
      running.signal.throwIfAborted();
      await job.run(running);
    } catch (error) {
      await running.writesSettled();
      const failed = { ...job.claim, activity: running.activity, tenantId: job.tenantId };
      await this.fail(failed, this.#publicReason(error, id)).catch((failure: unknown) =>
        this.logger.error("backup failure not written", { id, error: String(failure) }),
      );
    } finally {
      await running.writesSettled();
      await job
        .cleanUp()
        .catch((error: unknown) => this.logger.warn("backup leftovers not removed", { id, error: String(error) }));
    }
  }

  /** The reason as the requester may see it; details of internal errors go to the log. */
  #publicReason(error: unknown, id: string): string {
    if (error instanceof TaskRefusedError || error instanceof JobAbortedError || isProblem(error)) return error.message;
    this.logger.error("backup failed", {
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return "internal error; see the log of the process";
  }
}
