/**
 * Sends a device the events of its queue, with at most a window of unacknowledged events in flight, so that a slow
 * device costs no memory. Events that are in flight when the connection ends are sent again on the next one.
 */
import type { Network } from "./network.ts";
import type { SlowSocket } from "./slow-socket.ts";

const WINDOW_EVENTS = 64;
const WINDOW_BYTES = 4 * 1024 * 1024;

interface FedDevice {
  readonly device: number;
  readonly account: string;
  /** The last event that an earlier connection sent. */
  readonly sentBefore: number;
}

export class Feed {
  readonly #network: Network;
  readonly #out: SlowSocket;
  readonly #fed: FedDevice;
  readonly #latency: () => number;
  readonly #inFlight: { seq: number; size: number }[] = [];
  #bytesInFlight = 0;
  #lastSent = 0;

  constructor(network: Network, out: SlowSocket, fed: FedDevice, latency: () => number) {
    this.#network = network;
    this.#out = out;
    this.#fed = fed;
    this.#latency = latency;
  }

  /** The sequence number of the last event sent on this connection. */
  get lastSent(): number {
    return this.#lastSent;
  }

  /** Sends queued events as far as the window allows. */
  pump(): void {
    while (this.#inFlight.length < WINDOW_EVENTS && this.#bytesInFlight < WINDOW_BYTES) {
      const next = this.#network.queue.next(this.#fed.device, this.#lastSent);
      if (next === undefined) return;
      this.#lastSent = next.seq;
      const attempt = next.seq <= this.#fed.sentBefore ? 2 : 1;
      const { value: event, lids } = this.#network.addresses.shownTo(this.#fed.account, next.event);
      const size = this.#out.send({ type: "event", seq: next.seq, attempt, event, lids }, this.#latency());
      this.#inFlight.push({ seq: next.seq, size });
      this.#bytesInFlight += size;
    }
  }

  /** The device has stored everything up to `seq`. False when `seq` was never sent. */
  acknowledge(seq: number): boolean {
    if (seq > this.#lastSent) return false;
    const { store, queue, receipts } = this.#network;
    store.background(() => receipts.storedByDevice(this.#fed.account, queue.acknowledge(this.#fed.device, seq)));
    while (this.#inFlight[0] !== undefined && this.#inFlight[0].seq <= seq)
      this.#bytesInFlight -= this.#inFlight.shift()?.size ?? 0;
    this.pump();
    return true;
  }
}
