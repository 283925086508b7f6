/**
 * Whether WhatsApp acknowledges what is sent. A server can answer pings and take no messages: then nothing leaves,
 * whatever the connection shows. A page that gets no acknowledgement is loaded again, and after that given up.
 */
const ACKNOWLEDGED_WITHIN_MS = 10_000;
const RELOAD_AFTER_MS = 25_000;
const GIVE_UP_AFTER_MS = 75_000;

export interface AcknowledgementListener {
  /** Acknowledgements are missing, or one has come. */
  readonly onChange: () => void;
  readonly onReload: () => void;
  readonly onGiveUp: () => void;
}

/** How a send ended: with an answer of WhatsApp's server, without one, or before anything was sent. */
export type SendEnd = "answered" | "unanswered" | "not_sent";

export class Acknowledgements {
  readonly #listener: AcknowledgementListener;
  readonly #timers: NodeJS.Timeout[] = [];
  /** The messages that are being sent. */
  readonly #underWay = new Set<string>();
  #isMissing = false;
  #isStopped = false;

  constructor(listener: AcknowledgementListener) {
    this.#listener = listener;
  }

  /** True while something was sent a while ago, and nothing has been acknowledged since. */
  get isMissing(): boolean {
    return this.#isMissing;
  }

  /** A message is being sent. Call the returned function once, with the way in which that ended. */
  begin(waId: string): (end: SendEnd) => void {
    this.#underWay.add(waId);
    if (this.#timers.length === 0) this.#schedule();
    return (end) => {
      const wasUnderWay = this.#underWay.delete(waId);
      if (end === "answered") this.note(waId);
      else if (end === "not_sent" && wasUnderWay && this.#underWay.size === 0 && !this.#isMissing) this.#clear();
    };
  }

  /** The connection was lost: what is acknowledged after that shows how it is then. */
  reset(): void {
    this.#clear();
    this.#isMissing = false;
  }

  /**
   * WhatsApp has acknowledged this message. A receipt proves the same: it can come first, and the send itself may wait
   * for the server's word in vain.
   */
  note(waId: string): void {
    this.#underWay.delete(waId);
    this.#clear();
    if (this.#isStopped) return;
    if (this.#underWay.size > 0) this.#schedule();
    if (!this.#isMissing) return;
    this.#isMissing = false;
    this.#listener.onChange();
  }

  stop(): void {
    this.#isStopped = true;
    this.#clear();
  }

  #schedule(): void {
    if (this.#isStopped) return;
    const { onReload, onGiveUp } = this.#listener;
    this.#timers.push(
      setTimeout(() => this.#miss(), ACKNOWLEDGED_WITHIN_MS),
      setTimeout(onReload, RELOAD_AFTER_MS),
      setTimeout(onGiveUp, GIVE_UP_AFTER_MS),
    );
  }

  #miss(): void {
    if (this.#isMissing) return;
    this.#isMissing = true;
    this.#listener.onChange();
  }

  #clear(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }
}
