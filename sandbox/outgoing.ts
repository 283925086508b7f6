/** Adds events to the queues of devices, and has connected devices send them after the commit. */
import type { DurableEvent } from "../contracts/sandbox-wire.ts";
import type { Account } from "./accounts.ts";
import type { Devices } from "./devices.ts";
import type { Faults } from "./faults.ts";
import type { Hub } from "./hub.ts";
import type { Queue } from "./queue.ts";
import type { Store } from "./store.ts";

export class Outgoing {
  readonly #store: Store;
  readonly #devices: Devices;
  readonly #queue: Queue;
  readonly #hub: Hub;
  readonly #faults: Faults;

  constructor(parts: { store: Store; devices: Devices; queue: Queue; hub: Hub; faults: Faults }) {
    this.#store = parts.store;
    this.#devices = parts.devices;
    this.#queue = parts.queue;
    this.#hub = parts.hub;
    this.#faults = parts.faults;
  }

  /** Queues a message for the account's devices, except the one that sent it. */
  message(account: Account, message: number, except: number | null): void {
    this.#toDevices(account, except, (device) => this.#queue.addMessage(device, message));
  }

  /** Queues an event for the account's devices. */
  event(account: Account, event: DurableEvent): void {
    this.#toDevices(account, null, (device) => this.#queue.addEvent(device, event));
  }

  #toDevices(account: Account, except: number | null, add: (device: number) => void): void {
    const copies = this.#faults.of(account).duplicate ? 2 : 1;
    for (const device of this.#devices.idsOf(account.id)) {
      if (device === except) continue;
      for (let copy = 0; copy < copies; copy++) add(device);
      this.#store.afterCommit(() => this.#hub.device(device)?.pump());
    }
  }
}
