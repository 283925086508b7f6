/**
 * What the driver remembers in the profile over a restart: that there is a link, up to when inbound messages are stored (after a
 * gap, what is newer is read back), and the ids of its latest own sends, which are no news when they are read back.
 */
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const WRITE_AFTER_MS = 500;
/** WhatsApp's clock and ours differ, and its times are in seconds. */
const OVERLAP_MS = 120_000;
const SLACK_MS = 2_000;
const SENDS = 1_000;
const TOLD = 1_000;
const File = z.object({
  linkedAt: z.number(),
  storedUntil: z.number(),
  sends: z.array(z.string()),
  told: z.array(z.string()).default([]),
});

export class Memory {
  readonly #path: string;
  /** Messages under way, by their time: the mark must not pass them. */
  readonly #open = new Map<symbol, number>();
  #linkedAt = 0;
  readonly #sends = new Set<string>();
  readonly #told = new Set<string>();
  #highest = 0;
  /** Since when something may have been missed, and since when it is being read back: the mark must not pass these either. */
  #gap = Infinity;
  #reading = Infinity;
  #isKnown = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(profileDir: string) {
    this.#path = join(profileDir, "browser-driver.json");
  }

  /** True when the profile was linked before. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Unix ms: from here on messages are read back. What came before the link was made is history. */
  get readFrom(): number {
    return Math.max(this.#linkedAt, this.#storedUntil - OVERLAP_MS);
  }

  /** Everything up to here is stored. */
  get #storedUntil(): number {
    return Math.min(this.#highest, this.#gap, this.#reading, ...[...this.#open.values()].map((at) => at - 1));
  }

  async load(): Promise<void> {
    const text = await readFile(this.#path, "utf8").catch(() => null);
    if (text === null) return;
    // A file that was cut short by a crash still says that there was a link.
    this.#isKnown = true;
    const { linkedAt, storedUntil, sends, told } = readFileText(text);
    this.#linkedAt = linkedAt;
    this.#highest = storedUntil;
    for (const id of sends) this.#sends.add(id);
    for (const sign of told) this.#told.add(sign);
    this.miss();
  }

  /** Begins at the moment of linking: what came before is history. */
  begin(now: number): void {
    if (this.#isKnown) return;
    this.#isKnown = true;
    this.#linkedAt = now - SLACK_MS;
    this.#highest = now - SLACK_MS;
    this.#gap = Infinity;
    this.#schedule();
  }

  /** Nobody listens for a while: what is stored from now on does not say that everything before it is. */
  miss(): void {
    this.#gap = this.#storedUntil;
  }

  /** Reading back begins; call what comes back with whether all of it was read: then nothing is missing up to the time of the begin. */
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

  /** A message is on its way to the store; call what comes back with whether it got there. One that did not is read back. */
  enter(at: number): (isStored: boolean) => void {
    const ticket = Symbol("message");
    this.#open.set(ticket, at);
    return (isStored) => {
      this.#open.delete(ticket);
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

  /** What has no row of its own in the layer above, such as a vote, is told once. */
  noteTold(sign: string): void {
    this.#told.add(sign);
    if (this.#told.size > TOLD) this.#told.delete(this.#told.values().next().value ?? sign);
    this.#schedule();
  }

  wasTold(sign: string): boolean {
    return this.#told.has(sign);
  }

  isOwnSend(id: string): boolean {
    return this.#sends.has(id);
  }

  /** Writes what is known now. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isKnown) return;
    const text = JSON.stringify({
      linkedAt: this.#linkedAt,
      storedUntil: this.#storedUntil,
      sends: [...this.#sends],
      told: [...this.#told],
    });
    this.#writing = this.#writing.then(async () => {
      await writeFile(`${this.#path}.new`, text, { mode: 0o600 });
      await rename(`${this.#path}.new`, this.#path);
    });
    await this.#writing;
  }

  /** The link is gone. */
  async remove(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isKnown = false;
    await this.#writing.catch(() => undefined);
    await rm(this.#path, { force: true });
  }

  /** A lost write only means that more is read back; the next one tries again. */
  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.save().catch((error: unknown) => {
        this.#writing = Promise.resolve();
        process.emitWarning(`the driver's memory could not be written: ${String(error)}`);
      });
    }, WRITE_AFTER_MS);
  }
}

function readFileText(text: string): z.infer<typeof File> {
  try {
    return File.parse(JSON.parse(text));
  } catch {
    return { linkedAt: 0, storedUntil: 0, sends: [], told: [] };
  }
}
