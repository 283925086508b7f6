/**
 * The dead man's switch of a page: it leaves WhatsApp, which closes its connection, when the node has not renewed its
 * lease in time. A node that hangs cannot do so itself: its browser would stay online and acknowledge messages that
 * are not stored, while another node already runs the session.
 */
import type { Page } from "puppeteer";

declare global {
  /** On the page's monotonic clock. */
  var wppTrustedUntil: number | undefined;
}

/** The parts of a window that the page's function uses. */
declare const self: unknown;
declare const top: unknown;
declare const location: { readonly protocol: string; replace(url: string): void };

/** ms for which a page that has just been loaded trusts the last renewal, at most. */
const AFTER_LOAD = 6_000;

export class DeadMansSwitch {
  readonly #page: Page;
  /** On this process's monotonic clock; undefined before the first renewal. */
  #trustedUntil: number | undefined;
  #isInstalled = false;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Lets the page stay with WhatsApp for the next `trustedFor` ms. */
  renew(trustedFor: number): void {
    this.#trustedUntil = performance.now() + trustedFor;
    void this.#arm().catch(() => undefined);
  }

  /** A page that is loaded again has its own switch from the start; a page that does not answer keeps its deadline. */
  async #arm(): Promise<void> {
    if (!this.#isInstalled) {
      this.#isInstalled = true;
      await this.#page.evaluateOnNewDocument(arm, AFTER_LOAD);
    }
    const remaining = (this.#trustedUntil ?? 0) - performance.now();
    if (remaining > 0) await this.#page.evaluate(arm, remaining);
  }
}

/** Runs in the page. */
function arm(ms: number): void {
  const isArmed = globalThis.wppTrustedUntil !== undefined;
  globalThis.wppTrustedUntil = performance.now() + ms;
  if (isArmed || self !== top || location.protocol === "about:") return;
  setInterval(() => {
    if (performance.now() >= (globalThis.wppTrustedUntil ?? Infinity)) location.replace("about:blank");
  }, 250);
}
