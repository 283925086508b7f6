/**
 * Lets go of media that no message refers to any more: those of deleted sessions, and uploads that were never sent. They are
 * walked through in the order of their ids, a stretch at a time, since to look for them among all media and messages at once
 * would go past the bound of a statement where there are many.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../db/database.ts";
import { listMediaIds, removeUnusedMedia } from "../db/statements/messages/media.ts";
import { UNUSED_KEPT } from "./media-store.ts";

const STRETCH = 1_000;

export class UnusedMedia {
  readonly #database: Database;
  readonly #dataDir: string;
  readonly #stretch: number;
  #after = "";

  /** @param stretch media looked at in one step. */
  constructor(database: Database, dataDir: string, stretch = STRETCH) {
    this.#database = database;
    this.#dataDir = dataDir;
    this.#stretch = stretch;
  }

  /**
   * One step; true when the walk has not come to its end. The row goes first: a file that a crash leaves behind takes room,
   * while a row without a file would be sent.
   */
  async step(now: number): Promise<boolean> {
    const ids = await listMediaIds(this.#database, this.#after, this.#stretch);
    const last = ids.at(-1);
    if (last !== undefined) {
      const paths = await removeUnusedMedia(this.#database, { after: this.#after, last }, now - UNUSED_KEPT);
      for (const path of paths) await rm(join(this.#dataDir, path), { force: true });
    }
    const more = ids.length === this.#stretch;
    this.#after = more ? last! : "";
    return more;
  }
}
