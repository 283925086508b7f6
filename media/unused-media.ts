/**
 * Deletes media that no message refers to: those of deleted sessions, and uploads that were never sent. It walks
 * through all media in batches, in the order of their ids: on a large database, one statement over all media and
 * messages would exceed the statement timeout.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../db/database.ts";
import { listMediaIds, removeUnusedMedia } from "../db/statements/messages/media.ts";
import { UNUSED_KEPT } from "./media-store.ts";

const BATCH = 1_000;

export class UnusedMedia {
  readonly #database: Database;
  readonly #dataDir: string;
  readonly #batch: number;
  #after = "";

  /** @param batch media per step. */
  constructor(database: Database, dataDir: string, batch = BATCH) {
    this.#database = database;
    this.#dataDir = dataDir;
    this.#batch = batch;
  }

  /**
   * One step; true when the walk has not reached its end. The row is deleted first: a file left by a crash only takes
   * space, a row without a file would be sent.
   */
  async step(now: number): Promise<boolean> {
    const ids = await listMediaIds(this.#database, this.#after, this.#batch);
    const last = ids.at(-1);
    if (last !== undefined) {
      const paths = await removeUnusedMedia(this.#database, { after: this.#after, last }, now - UNUSED_KEPT);
      for (const path of paths) await rm(join(this.#dataDir, path), { force: true });
    }
    const more = ids.length === this.#batch;
    this.#after = more ? last! : "";
    return more;
  }
}
