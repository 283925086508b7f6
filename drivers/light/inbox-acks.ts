/** Acknowledges events to the sandbox: in order, and only those that are stored on this side. */
export class InboxAcks {
  readonly #acknowledge: (seq: number) => void;
  #open: { readonly seq: number; stored: boolean }[] = [];
  #scheduled: NodeJS.Immediate | null = null;
  #storedUpTo = 0;

  constructor(acknowledge: (seq: number) => void) {
    this.#acknowledge = acknowledge;
  }

  /** Registers an event that has arrived. Returns the function to call when it is stored. */
  begin(seq: number): () => void {
    const entry = { seq, stored: false };
    this.#open.push(entry);
    return () => {
      entry.stored = true;
      this.#advance();
    };
  }

  /** One acknowledgement for all events that were stored in a turn of the event loop. */
  #advance(): void {
    while (this.#open[0]?.stored === true) this.#storedUpTo = this.#open.shift()?.seq ?? this.#storedUpTo;
    if (this.#storedUpTo > 0) this.#scheduled ??= setImmediate(() => this.flush());
  }

  /** Acknowledges the stored events immediately. */
  flush(): void {
    if (this.#scheduled !== null) clearImmediate(this.#scheduled);
    this.#scheduled = null;
    if (this.#storedUpTo > 0) this.#acknowledge(this.#storedUpTo);
    this.#storedUpTo = 0;
  }

  /** The connection is lost: unacknowledged events will be sent again. */
  reset(): void {
    if (this.#scheduled !== null) clearImmediate(this.#scheduled);
    this.#scheduled = null;
    this.#open = [];
    this.#storedUpTo = 0;
  }
}
