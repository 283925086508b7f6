/**
 * Notices a page that asks for a step of which the library knows nothing, such as a passkey: it is loaded, and for a
 * while it neither shows a code nor is it linked.
 */
import type { PageState } from "./connection-state.ts";

/** Between the scan and the link WhatsApp takes some seconds. */
const LINKED_WITHIN_MS = 45_000;

export class UnknownStep {
  #since: number | undefined;

  /** Whether the page has been in such a state for too long. `isUnlinked`: it shows a code, or is about to. */
  isReached(page: Pick<PageState, "isListening" | "registered">, isUnlinked: boolean): boolean {
    if (!page.isListening || page.registered || isUnlinked) this.#since = undefined;
    else this.#since ??= Date.now();
    return this.#since !== undefined && Date.now() - this.#since > LINKED_WITHIN_MS;
  }
}
