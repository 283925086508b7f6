/**
 * Feeds a device from its queue: no more than a window of unacknowledged events in flight, so that a device that reads
 * slowly costs no memory. What is in flight when the connection ends is given again at the next one.
 */
import type { Network } from "./network.ts";
import type { SlowSocket } from "./slow-socket.ts";

const WINDOW_EVENTS = 64;
const WINDOW_BYTES = 4 * 1024 * 1024;

/** The device that is fed. `givenBefore`: up to where an earlier connection has given it its queue. */
interface Fed {
  readonly device: number;
  readonly account: string;
  readonly givenBefore: number;
}

export class Feed {
  readonly #network: Network;
  readonly #out: SlowSocket;
  readonly #fed: Fed;
  readonly #latency: () => number;
  readonly #inFlight: { seq: number; size: number }[] = [];
  #bytesInFlight = 0;
  #given = 0;

  constructor(network: Network, out: SlowSocket, fed: Fed, latency: () => number) {
    this.#network = network;
    this.#out = out;
    this.#fed = fed;
    this.#latency = latency;
  }

  /** The number of the last event that was given. */
  get given(): number {
    return this.#given;
  }

  /** Gives what waits, as far as the window allows. */
  pump(): void {
    while (this.#inFlight.length < WINDOW_EVENTS && this.#bytesInFlight < WINDOW_BYTES) {
      const next = this.#network.queue.next(this.#fed.device, this.#given);
      if (next === undefined) return;
      this.#given = next.seq;
      const attempt = next.seq <= this.#fed.givenBefore ? 2 : 1;
      const size = this.#out.send({ type: "event", seq: next.seq, attempt, event: next.event }, this.#latency());
      this.#inFlight.push({ seq: next.seq, size });
      this.#bytesInFlight += size;
    }
  }

  /** The device holds everything up to `seq`. False when it was never given that. */
  acknowledge(seq: number): boolean {
    if (seq > this.#given) return false;
    const { store, queue, receipts } = this.#network;
    store.background(() => receipts.deviceHolds(this.#fed.account, queue.acknowledge(this.#fed.device, seq)));
    while (this.#inFlight[0] !== undefined && this.#inFlight[0].seq <= seq)
      this.#bytesInFlight -= this.#inFlight.shift()?.size ?? 0;
    this.pump();
    return true;
  }
}
