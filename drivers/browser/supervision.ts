/**
 * Watches for the browser's death, the page's crash, a page that no longer answers, and one that has left WhatsApp. The
 * library reports none of them in time.
 */
import type { Frame, Page } from "puppeteer";
import type { SessionReason } from "../../contracts/states.ts";
import type { PageCalls } from "./page-calls.ts";

/** A page that has not answered anything for this time is asked. */
const HEARTBEAT_MS = 5_500;
const ANSWER_WITHIN_MS = 3_500;
/** On a busy machine a page that lives can be late; giving it up costs a start. */
const MISSES_ALLOWED = 5;
const HOST = "web.whatsapp.com";

export interface Alarms {
  /** The page missed a heartbeat, or answers again. */
  readonly onFrozen: (isFrozen: boolean) => void;
  /** The browser can no longer be used. */
  readonly onEnd: (reason: SessionReason) => void;
}

export class Supervision {
  readonly #page: Page;
  readonly #calls: PageCalls;
  readonly #alarms: Alarms;
  #timer: NodeJS.Timeout | undefined;
  #misses = 0;
  #answeredAt = Date.now();
  #stopped = false;

  constructor(page: Page, calls: PageCalls, alarms: Alarms) {
    this.#page = page;
    this.#calls = calls;
    this.#alarms = alarms;
  }

  start(): void {
    this.#page.browser().once("disconnected", this.#onDisconnected);
    this.#page.once("error", this.#onCrash);
    this.#page.on("framenavigated", this.#onNavigation);
    this.#schedule(HEARTBEAT_MS);
    if (!this.#page.browser().connected) this.#onDisconnected();
  }

  /** Stops watching; no alarm is raised afterwards. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#page.browser().off("disconnected", this.#onDisconnected);
    this.#page.off("error", this.#onCrash);
    this.#page.off("framenavigated", this.#onNavigation);
  }

  readonly #onDisconnected = (): void => this.#end("browser_died");
  readonly #onCrash = (): void => this.#end("page_crashed");
  readonly #onNavigation = (frame: Frame): void => {
    const url = URL.parse(frame.url());
    if (frame !== this.#page.mainFrame() || url?.host === HOST) return;
    // Chromium shows a page of its own when WhatsApp's could not be loaded.
    this.#end(url?.protocol === "chrome-error:" ? "network_lost" : "page_left");
  };

  #end(reason: SessionReason): void {
    if (this.#stopped) return;
    this.stop();
    this.#alarms.onEnd(reason);
  }

  /** The page has answered a call. */
  noteAnswer(): void {
    this.#answeredAt = Date.now();
    if (this.#misses > 0 && !this.#stopped) this.#alarms.onFrozen(false);
    this.#misses = 0;
  }

  #schedule(ms: number): void {
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#checkHeartbeat(), ms);
  }

  /** A page that missed a heartbeat is checked again immediately; after some in a row it is given up. */
  async #checkHeartbeat(): Promise<void> {
    const silentFor = Date.now() - this.#answeredAt;
    if (silentFor < HEARTBEAT_MS) return this.#schedule(HEARTBEAT_MS - silentFor);
    const isAlive = await this.#calls.isAlive(ANSWER_WITHIN_MS);
    if (this.#stopped) return;
    if (isAlive) {
      this.noteAnswer();
      return this.#schedule(HEARTBEAT_MS);
    }
    this.#misses += 1;
    if (this.#misses >= MISSES_ALLOWED) return this.#end("page_frozen");
    if (this.#misses === 1) this.#alarms.onFrozen(true);
    this.#schedule(0);
  }
}
