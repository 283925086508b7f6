/**
 * What is being done with backups in this process: one thing at a time, in the order asked for. Each holds a claim in the
 * database that it renews; when the process dies the claim runs out and whoever looks next says that it failed.
 */
import type { EventData, EventDraft } from "../../contracts/events.ts";
import { isProblem } from "../../contracts/errors.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database, Sql } from "../../db/database.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { failActivity, renewClaim, type Activity, type Claim } from "../../db/statements/backup/backups.ts";
import { Refused } from "./worker.ts";

/** ms that a claim holds without being renewed. */
export const CLAIM_TTL = 15_000;
const RENEW = 4_000;
/** ms between two events that tell of progress. */
const TELL = 1_000;
/** ms that anything may take. */
const DEADLINE = 6 * 3_600_000;

export class Stopped extends Error {}

export interface JobsOptions {
  readonly database: Database;
  /** Says that events were appended. */
  readonly announce: () => void;
  readonly logger: { error(message: string, facts: object): void; warn(message: string, facts: object): void };
}

/** Something to do with a backup that was claimed. */
export interface Job {
  readonly claim: Claim;
  /** Who is told of it. */
  readonly tenantId: Id<"tenant">;
  /** Does it, and writes that it is done. What it throws becomes the backup's error. */
  readonly work: (running: RunningJob) => Promise<void>;
  /** Removes what is left of it, however it ended. */
  readonly cleanUp: () => Promise<void>;
}

/** An event about a backup. */
type BackupEvent = EventDraft<"backup.progress" | "backup.finished" | "backup.failed">;

export class RunningJob {
  readonly signal: AbortSignal;
  readonly #lost = new AbortController();
  /** What is being done now: verifying follows creating in one job. */
  activity: Activity;
  readonly #jobs: Jobs;
  readonly #job: Job;
  #share = 0;
  #toldAt = 0;
  #writing: Promise<void> | undefined;
  /** True while the tables are being replaced: nothing else may be written then. */
  quiet = false;

  constructor(jobs: Jobs, job: Job, signal: AbortSignal) {
    this.#jobs = jobs;
    this.#job = job;
    this.activity = job.claim.activity;
    this.signal = AbortSignal.any([signal, this.#lost.signal]);
  }

  /** How far it is, out of 1. */
  readonly report = (share: number): void => {
    this.#share = share;
    const now = Date.now();
    if (this.quiet || this.#writing !== undefined || now - this.#toldAt < TELL) return;
    this.#toldAt = now;
    const draft: BackupEvent = {
      tenantId: this.#job.tenantId,
      sessionId: null,
      type: "backup.progress",
      data: { ...this.#facts, progress: this.progress },
    };
    this.#write((renew) => this.#jobs.tell(draft, renew));
  };

  /** Writes what has become of it together with the event that tells; false when the claim was lost and nothing was written. */
  conclude(
    change: (sql: Sql) => Promise<boolean>,
    data: Omit<EventData<"backup.finished">, "backupId" | "activity"> = {},
  ): Promise<boolean> {
    const { tenantId } = this.#job;
    return this.#jobs.tell(
      { type: "backup.finished", tenantId, sessionId: null, data: { ...this.#facts, ...data } },
      change,
    );
  }

  get #facts(): { backupId: string; activity: Activity } {
    return { backupId: this.#job.claim.id, activity: this.activity };
  }

  get progress(): number {
    return Math.floor(this.#share * 100);
  }

  /** Renews the claim; without it someone may have told already that this failed. */
  renew(): void {
    if (this.#writing === undefined) this.#write((renew) => renew(this.#jobs.database));
  }

  /** Settles when nothing of it is being written any more. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  #write(write: (renew: (sql: Sql) => Promise<boolean>) => Promise<boolean>): void {
    const { claim } = this.#job;
    this.#writing = write((sql) => renewClaim(sql, claim, this.progress))
      .then((isOurs) => (isOurs ? undefined : this.#lost.abort(new Stopped("it took too long to show a sign of life"))))
      .catch((error: unknown) =>
        this.#jobs.logger.warn("progress of a backup not written", { backupId: claim.id, error: String(error) }),
      )
      .finally(() => (this.#writing = undefined));
  }
}

export class Jobs {
  readonly database: Database;
  readonly logger: JobsOptions["logger"];
  readonly #announce: () => void;
  readonly #stop = new AbortController();
  #tail: Promise<void> = Promise.resolve();

  constructor(options: JobsOptions) {
    this.database = options.database;
    this.logger = options.logger;
    this.#announce = options.announce;
  }

  /** Takes the job on; it begins when those before it are done. */
  add(job: Job): void {
    const running = new RunningJob(this, job, AbortSignal.any([this.#stop.signal, AbortSignal.timeout(DEADLINE)]));
    // From now on, not from its turn on: it is claimed while it waits.
    const renewing = setInterval(() => running.renew(), RENEW);
    this.#tail = this.#tail.then(() => this.#run(job, running)).finally(() => clearInterval(renewing));
  }

  /** Breaks off what is being done and what waits; each is told to have failed. */
  async stop(): Promise<void> {
    this.#stop.abort(new Stopped("the process was stopped"));
    await this.#tail;
  }

  /** Appends the event in the same transaction as the change that it tells of; false when there was nothing to change. */
  async tell(event: BackupEvent, change: (sql: Sql) => Promise<boolean>): Promise<boolean> {
    const changed = await this.database.transaction(async (sql) => {
      if (!(await change(sql))) return false;
      await appendEvents(sql, [event], Date.now());
      return true;
    });
    if (changed) this.#announce();
    return changed;
  }

  /** Writes and tells that what was claimed has failed; false when it was no longer claimed. */
  fail(
    failed: Pick<Claim, "id" | "owner"> & { activity: Activity; tenantId: Id<"tenant"> },
    error: string,
  ): Promise<boolean> {
    const data = { backupId: failed.id, activity: failed.activity, error };
    return this.tell({ type: "backup.failed", tenantId: failed.tenantId, sessionId: null, data }, (sql) =>
      failActivity(sql, failed, error, Date.now()),
    );
  }

  async #run(job: Job, running: RunningJob): Promise<void> {
    const { id } = job.claim;
    try {
      running.signal.throwIfAborted();
      await job.work(running);
    } catch (error) {
      await running.settled();
      const failed = { ...job.claim, activity: running.activity, tenantId: job.tenantId };
      await this.fail(failed, this.#wordsFor(error, id)).catch((failure: unknown) =>
        this.logger.error("failure of a backup not written", { id, error: String(failure) }),
      );
    } finally {
      await running.settled();
      await job
        .cleanUp()
        .catch((error: unknown) => this.logger.warn("leftovers of a backup not removed", { id, error: String(error) }));
    }
  }

  /** What whoever asked may know; the rest is for the log. */
  #wordsFor(error: unknown, id: string): string {
    if (error instanceof Refused || error instanceof Stopped || isProblem(error)) return error.message;
    this.logger.error("backup failed", {
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return "it failed on our side; the log of the process says why";
  }
}
