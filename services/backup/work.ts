/** What is done with backups: making, verifying, restoring; and how each is claimed, carried out and told of. */
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
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
import { fileOf } from "./disk.ts";
import { CLAIM_TTL, type Jobs, type RunningJob } from "./jobs.ts";
import { Room, type RoomOptions } from "./room.ts";
import { dropScratch, scratchFile, workFolder } from "./scratch.ts";
import { Refused, runInThread } from "./worker.ts";

export interface BackupWorkOptions extends RoomOptions {
  readonly secrets: Secrets;
  readonly jobs: Jobs;
  /** This process. */
  readonly owner: string;
  /** Says that everything known about these tenants' callers is out of date. */
  readonly forget: (tenantIds: readonly string[]) => Promise<void>;
}

export interface NewBackup {
  readonly tenantId: Id<"tenant">;
  readonly kind: BackupRow["kind"];
  readonly origin: BackupRow["origin"];
  readonly media: boolean;
  readonly verify: boolean;
}

/** ms that an export can be downloaded. */
const EXPORT_LIFE = 7 * 86_400_000;

/** Bytes. SQLite has one writer: while the rows are replaced no lease is renewed, and a session node gives itself up after twenty seconds. */
const LARGEST_SWAP = 1_000_000_000;

/** Lanes of exports are their tenants' ids. */
const INSTALLATION = "installation";

export class BackupWork {
  readonly room: Room;
  readonly #options: BackupWorkOptions;

  constructor(options: BackupWorkOptions) {
    this.#options = options;
    this.room = new Room(options);
  }

  /** Begins a backup or an export and gives its id. `guard` runs in the same transaction and may refuse. */
  async create(wanted: NewBackup, guard: (sql: Sql) => Promise<void> = async () => undefined): Promise<Id<"backup">> {
    const id = createId("backup");
    const claim = this.#claim(id, "creating", wanted.kind === "export" ? wanted.tenantId : INSTALLATION);
    const now = Date.now();
    await this.#inLane(() =>
      this.#options.database.transaction(async (sql) => {
        await guard(sql);
        await backups.insertBackup(
          sql,
          { ...wanted, now, expiresAt: wanted.kind === "export" ? now + EXPORT_LIFE : null },
          claim,
        );
      }),
    );
    this.#begin(claim, wanted.tenantId, (running) =>
      this.#make(running, claim, { ...wanted, createdAt: new Date(now).toISOString() }),
    );
    return id;
  }

  /** Begins to restore the backup into a scratch database and to check it. */
  async verify(row: BackupRow, tenantId: Id<"tenant">): Promise<void> {
    const claim = await this.#claimExisting(row, "verifying");
    this.#begin(claim, tenantId, (running) => this.#check(running, claim));
  }

  /** Begins to put the backup in the place of what is there. */
  async restore(row: BackupRow, tenantId: Id<"tenant">, audit: AuditDraft): Promise<void> {
    const claim = await this.#claimExisting(row, "restoring");
    this.#begin(claim, tenantId, (running) => this.#putBack(running, claim, row, audit));
  }

  /** Removes what an activity has left. The row alone says that an archive is not wanted: whoever made it may not have learnt that this was committed. */
  async cleanUp(id: string): Promise<void> {
    const { database, place, folder } = this.#options;
    await rm(fileOf(folder, id) + PART, { force: true });
    if (place.dialect === "sqlite") await rm(join(workFolder(place.file), `${id}.snapshot.db`), { force: true });
    if (await backups.isGivenUp(database, id)) await rm(fileOf(folder, id), { force: true });
    await dropScratch(place, id);
  }

  #claim(id: string, activity: Claim["activity"], lane: string): Claim {
    return { id, activity, lane, owner: this.#options.owner, ttl: CLAIM_TTL };
  }

  async #claimExisting(row: BackupRow, activity: Claim["activity"]): Promise<Claim> {
    const claim = this.#claim(row.id, activity, INSTALLATION);
    const claimed = await this.#inLane(() => backups.claimBackup(this.#options.database, claim));
    if (!claimed)
      throw new Problem("conflict", "something is being done with this backup already, or it is not finished");
    return claim;
  }

  async #inLane<T>(take: () => Promise<T>): Promise<T> {
    try {
      return await take();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new Problem("conflict", "a backup, a verification or a restore is running; one at a time");
    }
  }

  #begin(claim: Claim, tenantId: Id<"tenant">, work: (running: RunningJob) => Promise<void>): void {
    this.#options.jobs.add({ claim, tenantId, work, cleanUp: () => this.cleanUp(claim.id) });
  }

  async #make(running: RunningJob, claim: Claim, wanted: NewBackup & { createdAt: string }): Promise<void> {
    const { secrets, place, folder, dataDir } = this.#options;
    const { kind, tenantId, createdAt } = wanted;
    await this.room.toMake({ ...wanted, tenant_id: tenantId });
    const input = {
      ...{ id: claim.id, place, kind, createdAt, path: fileOf(folder, claim.id), key: secrets.key("backup") },
      tenantId: kind === "export" ? tenantId : null,
      mediaDir: wanted.media ? dataDir : null,
    };
    const { size, checksum, manifest } = await runInThread({ name: "dump", input }, running.signal, running.report);
    await running.settled();
    const next = wanted.verify && kind === "installation" ? "verifying" : null;
    const creation = { size, checksum, manifest: JSON.stringify(manifest), now: Date.now() };
    if (
      !(await running.conclude((sql) => backups.finishCreation(sql, claim, creation, next), { kind, size, checksum }))
    )
      return;
    if (next !== null) await this.#check(running, claim);
  }

  async #load(running: RunningJob, id: string, mediaDir: string | null): Promise<Manifest> {
    const { place, folder, secrets } = this.#options;
    const input = { id, place, path: fileOf(folder, id), key: secrets.key("backup"), mediaDir };
    const { manifest, samples } = await runInThread({ name: "load", input }, running.signal, running.report);
    for (const sample of samples) this.#open(sample);
    return manifest;
  }

  /** A secret that does not open would be found out when it is needed most. */
  #open({ sealed, ...place }: SealedSample): void {
    try {
      this.#options.secrets.open(sealed, place);
    } catch (error) {
      throw new Refused("secrets inside cannot be opened with this master key", { cause: error });
    }
  }

  async #check(running: RunningJob, claim: Claim): Promise<void> {
    running.activity = "verifying";
    await this.room.toVerify();
    await this.#load(running, claim.id, null);
    await this.#finish(running, claim);
  }

  async #putBack(running: RunningJob, claim: Claim, row: BackupRow, audit: AuditDraft): Promise<void> {
    const { database, place, dataDir, forget } = this.#options;
    const before = await listTenantIds(database);
    await this.room.toRestore(row);
    const manifest = await this.#load(running, claim.id, dataDir);
    if (place.dialect === "sqlite" && (await stat(scratchFile(place, claim.id))).size > LARGEST_SWAP) {
      throw new Refused("on SQLite a database of more than 1 GB is restored without the system: npm run restore");
    }
    running.quiet = true;
    await running.settled();
    // The process's own writers wait for their turn instead of blocking everyone in the driver's synchronous wait.
    const release = place.dialect === "sqlite" ? await writeLockOf(place.file).acquire() : () => undefined;
    try {
      await runInThread(
        { name: "swap", input: { place, id: claim.id, manifest, intoEmpty: false } },
        running.signal,
        running.report,
      );
    } finally {
      release();
    }
    await forget([...new Set([...before, ...(await listTenantIds(database))])]);
    await appendAudit(database, audit);
    await this.#finish(running, claim);
  }

  async #finish(running: RunningJob, claim: Claim): Promise<void> {
    await running.settled();
    await running.conclude((sql) => backups.finishActivity(sql, claim, Date.now()));
  }
}
