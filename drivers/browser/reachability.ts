/**
 * Whether anything passes between the page and WhatsApp. A connection can stay open while nothing does, and the page
 * takes long to notice; so the ping that WhatsApp Web itself uses is sent whenever the server has been silent. A page
 * that cannot be mended by waiting is loaded again, and after that given up.
 */
import type { Page } from "puppeteer";
import { z } from "zod";
import type { ConnectionState, Evidence } from "../driver.ts";
import type { PageCalls } from "./page-calls.ts";

/** A session is shown as connected for at most the sum of these two without an answer from the server. */
const QUIET_MS = 12_000;
const ANSWER_WITHIN_MS = 8_000;
const RETRY_MS = 1_000;
/** A page that shows a connection through which nothing passes is loaded again after this time. */
const RELOAD_AFTER_MS = 30_000;
/** Loading takes its own time; this only bounds the call. */
const RELOAD_WITHIN_MS = 10_000;
/** A browser without a connection is given up after this time. */
const GIVE_UP_AFTER_MS = 300_000;

export interface ReachabilityListener {
  /** The server has become silent, or answers again. */
  readonly onChange: () => void;
  /** Waiting has not helped. */
  readonly onGiveUp: () => void;
}

export class Reachability {
  readonly #page: Page;
  readonly #calls: PageCalls;
  readonly #listener: ReachabilityListener;
  #askTimer: NodeJS.Timeout | undefined;
  #reloadTimer: NodeJS.Timeout | undefined;
  #giveUpTimer: NodeJS.Timeout | undefined;
  #lastAnswer: number | undefined;
  /** A ping was answered: only then does one without an answer prove anything. */
  #isProven = false;
  #isSilent = false;
  #isStopped = false;

  constructor(page: Page, calls: PageCalls, listener: ReachabilityListener) {
    this.#page = page;
    this.#calls = calls;
    this.#listener = listener;
  }

  get isSilent(): boolean {
    return this.#isSilent;
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

  /** Follows the session's state: it asks while there is a connection, and gives up when there is none for long. */
  follow(state: ConnectionState): void {
    if (this.#isStopped) return;
    if (state === "connected") {
      clearTimeout(this.#giveUpTimer);
      this.#giveUpTimer = undefined;
      if (this.#askTimer === undefined) this.#askAfter(0);
    } else if (state === "reconnecting") {
      this.#giveUpTimer ??= setTimeout(() => this.#listener.onGiveUp(), GIVE_UP_AFTER_MS);
    }
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of [this.#askTimer, this.#reloadTimer, this.#giveUpTimer]) clearTimeout(timer);
  }

  async #ask(): Promise<void> {
    const quietFor = Date.now() - (this.#lastAnswer ?? 0);
    if (this.#isProven && quietFor < QUIET_MS) return this.#askAfter(QUIET_MS - quietFor);
    // A page that does not answer, or has no connection, proves nothing about the server: others look after these.
    const answer = await this.#calls.run(z.boolean(), ping, ANSWER_WITHIN_MS, ANSWER_WITHIN_MS * 2).catch(() => null);
    if (this.#isStopped) return;
    if (answer === true) {
      this.#isProven = true;
      this.note();
    }
    const isSilent = answer === false && this.#isProven;
    if (isSilent) this.#setSilent(true);
    this.#askAfter(isSilent ? RETRY_MS : QUIET_MS);
  }

  #askAfter(ms: number): void {
    if (!this.#isStopped) this.#askTimer = setTimeout(() => void this.#ask(), ms);
  }

  #setSilent(isSilent: boolean): void {
    if (isSilent === this.#isSilent || this.#isStopped) return;
    this.#isSilent = isSilent;
    clearTimeout(this.#reloadTimer);
    if (isSilent) this.#reloadTimer = setTimeout(() => this.reload(), RELOAD_AFTER_MS);
    this.#listener.onChange();
  }

  /** Loads the page again. */
  reload(): void {
    // A server that is away for longer leaves the load under way; giving up comes later.
    this.#page.reload({ waitUntil: "domcontentloaded", timeout: RELOAD_WITHIN_MS }).catch(() => undefined);
  }
}

/** Runs in the page: whether the server answers a ping within `ms`. */
async function ping(ms: number): Promise<boolean> {
  const { generateId, sendSmaxStanza, smax } = WPP.whatsapp.websocket;
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  try {
    const stanza = smax("iq", { id: generateId(), to: "s.whatsapp.net", type: "get", xmlns: "w:p" });
    return await Promise.race([sendSmaxStanza(stanza).then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
