/**
 * The data that the driver keeps in the profile across restarts: that the device is linked, the time up to which all
 * inbound messages are stored (after a gap, newer ones are read back from there), and the ids of its latest sends,
 * which must not be reported when they are read back.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { DriverLog, StoredHistory } from "../driver.ts";

const WRITE_AFTER_MS = 500;
/** WhatsApp's clock and ours differ, and its times are in seconds. */
const OVERLAP_MS = 120_000;
const SLACK_MS = 2_000;
/** That a message is stored does not prove that all those shortly before it are. */
const UNCERTAIN_MS = 3_600_000;
const SENDS = 1_000;
/** The file of a device that WhatsApp has unlinked, whatever the layer above still knows of its account. */
const UNLINKED = '{"unlinked":true}';
const REPORTED = 1_000;
/** On disk, the signatures of the reported changes keep their first name, `told`: files of older versions stay valid. */
const File = z.object({
  linkedAt: z.number(),
  storedUntil: z.number(),
  sends: z.array(z.string()),
  told: z.array(z.string()).default([]),
});

export class SyncCheckpoint {
  readonly #path: string;
  readonly #log: DriverLog;
  /** Times of messages that are being stored: the checkpoint must not pass them. */
  readonly #pending = new Map<symbol, number>();
  #linkedAt = 0;
  readonly #sends = new Set<string>();
  readonly #reported = new Set<string>();
  #highest = 0;
  /**
   * Since when messages may be missing, and since when they are being read back: the checkpoint must not pass these
   * either.
   */
  #gap = Infinity;
  #reading = Infinity;
  #wasLinked = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(profileDir: string, log: DriverLog) {
    this.#path = join(profileDir, "browser-driver.json");
    this.#log = log;
  }

  /** True when the profile was linked before. */
  get wasLinked(): boolean {
    return this.#wasLinked;
  }

  /** Unix ms: from here on messages are read back. Those from before the device was linked are not read. */
  get readFrom(): number {
    return Math.max(this.#linkedAt, this.#storedUntil - OVERLAP_MS);
  }

  /** Everything up to here is stored. */
  get #storedUntil(): number {
    return Math.min(this.#highest, this.#gap, this.#reading, ...[...this.#pending.values()].map((at) => at - 1));
  }

  /** A file that is lost or damaged is made again from what the layer above has stored. */
  async load(stored: StoredHistory): Promise<void> {
    const text = await readFile(this.#path, "utf8").catch(() => null);
    if (text === UNLINKED || (text === null && !stored.isLinked)) return;
    // Even a file that a crash cut short proves that the device was linked.
    this.#wasLinked = true;
    const { linkedAt, storedUntil, sends, told } = parseFile(text) ?? memoryOf(stored);
    this.#linkedAt = linkedAt;
    this.#highest = storedUntil;
    for (const id of sends) this.#sends.add(id);
    for (const signature of told) this.#reported.add(signature);
    this.markGap();
  }

  /** Starts at the moment of linking, Unix ms. */
  begin(now: number): void {
    if (this.#wasLinked) return;
    this.#wasLinked = true;
    this.#linkedAt = now - SLACK_MS;
    this.#highest = now - SLACK_MS;
    this.#gap = Infinity;
    this.#schedule();
  }

  /** Messages may be missed from now on: storing a later one no longer proves that all before it are stored. */
  markGap(): void {
    this.#gap = this.#storedUntil;
  }

  /** Begins reading back. Call the returned function with true if everything up to `now` was read, otherwise false. */
  beginReading(now: number): (isComplete: boolean) => void {
    this.#reading = this.#storedUntil;
    this.#gap = Infinity;
    return (isComplete) => {
      if (isComplete) this.#highest = Math.max(this.#highest, now - SLACK_MS);
      else this.#gap = Math.min(this.#gap, this.#reading);
      this.#reading = Infinity;
      this.#schedule();
    };
  }

  /**
   * Records that a message is about to be stored. Call the returned function with true if it was, or with false to have
   * it read back later.
   */
  track(at: number): (isStored: boolean) => void {
    const ticket = Symbol("message");
    this.#pending.set(ticket, at);
    return (isStored) => {
      this.#pending.delete(ticket);
      if (isStored) this.#highest = Math.max(this.#highest, at);
      else this.#gap = Math.min(this.#gap, at - 1);
      this.#schedule();
    };
  }

  noteSend(id: string): void {
    this.#sends.add(id);
    if (this.#sends.size > SENDS) this.#sends.delete(this.#sends.values().next().value ?? id);
    this.#schedule();
  }

  /** Records that a change was reported. Changes without a row in the layer above, such as votes, are reported once. */
  noteReported(signature: string): void {
    this.#reported.add(signature);
    if (this.#reported.size > REPORTED) this.#reported.delete(this.#reported.values().next().value ?? signature);
    this.#schedule();
  }

  wasReported(signature: string): boolean {
    return this.#reported.has(signature);
  }

  isOwnSend(id: string): boolean {
    return this.#sends.has(id);
  }

  /** Writes the checkpoint now. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#wasLinked) return;
    const text = JSON.stringify({
      linkedAt: this.#linkedAt,
      storedUntil: this.#storedUntil,
      sends: [...this.#sends],
      told: [...this.#reported],
    });
    this.#writing = this.#writing.then(async () => {
      await writeFile(`${this.#path}.new`, text, { mode: 0o600 });
      await rename(`${this.#path}.new`, this.#path);
    });
    await this.#writing;
  }

  /** The device is no longer linked, as WhatsApp itself has said. */
  async noteUnlinked(): Promise<void> {
    clearTimeout(this.#timer);
    this.#wasLinked = false;
    await this.#writing.catch(() => undefined);
    await writeFile(this.#path, UNLINKED, { mode: 0o600 }).catch(() => undefined);
  }

  /** A lost write only means that more is read back; the next one tries again. */
  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.save().catch((error: unknown) => {
        this.#writing = Promise.resolve();
        this.#log("warn", "sync checkpoint not written", { error: String(error) });
      });
    }, WRITE_AFTER_MS);
  }
}

function parseFile(text: string | null): z.infer<typeof File> | null {
  try {
    return text === null ? null : File.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function memoryOf({ since, until }: StoredHistory): z.infer<typeof File> {
  const storedUntil = Math.max(since, (until ?? since) - UNCERTAIN_MS);
  return { linkedAt: since, storedUntil, sends: [], told: [] };
}
