/** Keeps a copy of a session's login, and makes a damaged profile again from it, once for each copy. */
import { access, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { within } from "../../concurrency/deadline.ts";
import type { DriverLog, DriverOptions, Evidence } from "../driver.ts";
import { restoreSnapshot, saveSnapshot, SNAPSHOT_FILE, snapshotTime, type SnapshotPlace } from "./login-snapshot.ts";
import { userDataDirOf } from "./profile-lock.ts";

/** A stop must not wait for a slow disk. */
const SAVED_WITHIN_MS = 3_000;
/** In the profile: it is to be made again before the next browser starts on it. */
const REQUEST_FILE = "restore-login";
/** A copy that was used, whatever came of it, is not used again. */
const USED_FILE = `${SNAPSHOT_FILE}.used`;

export class LoginKeeper {
  readonly #place: SnapshotPlace;
  readonly #log: DriverLog;

  constructor(options: Pick<DriverOptions, "profileDir" | "snapshotKey">, log: DriverLog) {
    const key = Buffer.from(options.snapshotKey, "base64url");
    this.#place = { profileDir: options.profileDir, userDataDir: userDataDirOf(options), key };
    this.#log = log;
  }

  /** Copies the login. The browser has just closed in good order, and was connected. Never rejects. */
  async save(): Promise<void> {
    const late = () => new Error("the disk is too slow");
    const copying = saveSnapshot(this.#place, AbortSignal.timeout(SAVED_WITHIN_MS));
    await within(copying, SAVED_WITHIN_MS, late).catch((error: unknown) => this.#warn("save", error));
  }

  /** Has the profile made again at the next start; null when there is no copy that has not been used. */
  async requestRestore(): Promise<Evidence | null> {
    const takenAt = await snapshotTime(this.#place);
    if (takenAt === null) return null;
    await writeFile(this.#pathOf(REQUEST_FILE), "", { mode: 0o600 });
    return { copyFrom: new Date(takenAt).toISOString() };
  }

  /** Makes the profile again, if that was requested. No browser may be on it. Never rejects. */
  async restore(): Promise<void> {
    const isRequested = await access(this.#pathOf(REQUEST_FILE)).then(
      () => true,
      () => false,
    );
    if (!isRequested) return;
    try {
      await restoreSnapshot(this.#place);
      this.#log("warn", "profile restored from its last copy", {});
    } catch (error) {
      this.#warn("restore", error);
    }
    await rename(this.#pathOf(SNAPSHOT_FILE), this.#pathOf(USED_FILE)).catch((error: unknown) =>
      this.#warn("set aside", error),
    );
    await rm(this.#pathOf(REQUEST_FILE), { force: true });
  }

  #pathOf(name: string): string {
    return join(this.#place.profileDir, name);
  }

  #warn(step: string, error: unknown): void {
    this.#log("warn", "copy of the login failed", { step, error: String(error) });
  }
}
