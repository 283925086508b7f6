/** The devices that are connected now, by device and by account. */
import type { LiveEvent, SwitchboardFrame } from "../contracts/sandbox-wire.ts";

export type UnlinkReason = Extract<SwitchboardFrame, { type: "unlinked" }>["reason"];

/** A connected device, as the switchboard uses it. */
export interface Link {
  readonly deviceId: number;
  readonly account: string;
  readonly tenant: string;
  /** There is something new in its queue. */
  pump(): void;
  tell(event: LiveEvent): void;
  /** Tells it why it is out, and hangs up. */
  dismiss(reason: UnlinkReason): void;
  /** Drops the connection without a word, as a lost network does. */
  cut(): void;
}

export class Hub {
  readonly #byDevice = new Map<number, Link>();
  readonly #byAccount = new Map<string, Set<Link>>();

  /** One connection per device: an earlier one is told that there is a conflict. */
  add(link: Link): void {
    this.#byDevice.get(link.deviceId)?.dismiss("conflict");
    this.#byDevice.set(link.deviceId, link);
    const links = this.#byAccount.get(link.account) ?? new Set();
    this.#byAccount.set(link.account, links.add(link));
  }

  remove(link: Link): void {
    if (this.#byDevice.get(link.deviceId) === link) this.#byDevice.delete(link.deviceId);
    const links = this.#byAccount.get(link.account);
    links?.delete(link);
    if (links?.size === 0) this.#byAccount.delete(link.account);
  }

  device(id: number): Link | undefined {
    return this.#byDevice.get(id);
  }

  all(): readonly Link[] {
    return [...this.#byDevice.values()];
  }

  tell(account: string, event: LiveEvent, except: number | null = null): void {
    for (const link of this.#byAccount.get(account) ?? []) if (link.deviceId !== except) link.tell(event);
  }
}
