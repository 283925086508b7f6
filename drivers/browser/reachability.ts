/**
 * Whether anything passes between the page and WhatsApp. A connection can stay open while nothing does, and the page
 * takes long to notice; so the page sends the ping that WhatsApp Web itself uses whenever the server has been silent
 * (pulse.ts). A page that cannot be mended by waiting is loaded again, and after that given up.
 */
import type { Page } from "puppeteer";
import type { ConnectionState, Evidence } from "../driver.ts";
import type { Pulse } from "./pulse.ts";

/** A ping without an answer after this time means that the server is silent; ms. */
export const ANSWER_WITHIN_MS = 4_000;
/** A page that shows a connection through which nothing passes is loaded again after this time. */
const RELOAD_AFTER_MS = 30_000;
/** Loading takes its own time; this only bounds the call. */
const RELOAD_WITHIN_MS = 10_000;
/** A browser without a connection is given up after this time. */
const GIVE_UP_AFTER_MS = 300_000;

export class Reachability {
  readonly #page: Pick<Page, "reload">;
  readonly #onGiveUp: () => void;
  #reloadTimer: NodeJS.Timeout | undefined;
  #giveUpTimer: NodeJS.Timeout | undefined;
  #lastAnswer: number | undefined;
  /** A ping was answered: only then does one without an answer prove anything. */
  #isProven = false;
  #isAwaiting = false;
  #isSilent = false;
  #isStopped = false;

  /** `onGiveUp`: waiting has not helped. */
  constructor(page: Pick<Page, "reload">, onGiveUp: () => void) {
    this.#page = page;
    this.#onGiveUp = onGiveUp;
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** A ping has no answer yet. */
  get isAwaiting(): boolean {
    return this.#isAwaiting;
  }

  /** When WhatsApp's server last answered. */
  get evidence(): Evidence {
    return this.#lastAnswer === undefined ? {} : { lastAnswerAt: new Date(this.#lastAnswer).toISOString() };
  }

  /** WhatsApp's server has answered. */
  note(): void {
    this.#lastAnswer = Date.now();
    this.#setSilent(false);
  }

  /** What the page knows of its pings. */
  observe({ answeredAgo, unansweredFor }: Pulse): void {
    if (this.#isStopped) return;
    if (answeredAgo !== null) {
      this.#isProven = true;
      this.#lastAnswer = Math.max(this.#lastAnswer ?? 0, Math.round(Date.now() - answeredAgo));
    }
    this.#isAwaiting = unansweredFor !== null;
    const isLate = unansweredFor !== null && unansweredFor >= ANSWER_WITHIN_MS;
    // A page that was loaded again knows of no answer yet.
    if (isLate || answeredAgo !== null) this.#setSilent(isLate && this.#isProven);
  }

  /** Follows the session's state: it is given up when there is no connection for long. */
  follow(state: ConnectionState): void {
    if (this.#isStopped) return;
    if (state === "connected") {
      clearTimeout(this.#giveUpTimer);
      this.#giveUpTimer = undefined;
    } else if (state === "reconnecting") {
      this.#giveUpTimer ??= setTimeout(this.#onGiveUp, GIVE_UP_AFTER_MS);
    }
  }

  /** Loads the page again. */
  reload(): void {
    // A server that is away for longer leaves the load under way; giving up comes later.
    this.#page.reload({ waitUntil: "domcontentloaded", timeout: RELOAD_WITHIN_MS }).catch(() => undefined);
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of [this.#reloadTimer, this.#giveUpTimer]) clearTimeout(timer);
  }

  #setSilent(isSilent: boolean): void {
    if (isSilent === this.#isSilent || this.#isStopped) return;
    this.#isSilent = isSilent;
    clearTimeout(this.#reloadTimer);
    if (isSilent) this.#reloadTimer = setTimeout(() => this.reload(), RELOAD_AFTER_MS);
  }
}
