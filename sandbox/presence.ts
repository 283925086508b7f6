/** Typing and availability: sent to connected devices, never stored. */
import type { LiveEvent } from "../contracts/sandbox-wire.ts";
import type { Accounts } from "./accounts.ts";
import type { Changes } from "./changes.ts";
import type { Clock } from "./clock.ts";
import type { Hub } from "./hub.ts";

type TypingState = Extract<LiveEvent, { type: "typing" }>["state"];
/** Someone who is typing, as the receiving phone shows it. */
export interface SeenTyping {
  readonly chat: string;
  readonly from: string;
  readonly state: "typing" | "recording";
  readonly at: number;
}

/** WhatsApp's clients hide "typing" after this time. */
const TYPING_SHOWN_MS = 25_000;
const SUBSCRIPTION_LIMIT = 1000;

export class Presence {
  readonly #changes: Changes;
  readonly #accounts: Accounts;
  readonly #hub: Hub;
  readonly #clock: Clock;
  /** Online accounts -> the sources that make them online: device ids, or 0 for the phone itself. */
  readonly #available = new Map<string, Set<number>>();
  /** Presence subscriptions: account -> subscribed device ids, and the reverse, for cleaning up. */
  readonly #subscribers = new Map<string, Set<number>>();
  readonly #subscriptions = new Map<number, Set<string>>();
  readonly #typing = new Map<string, Map<string, SeenTyping>>();

  constructor(accounts: Accounts, hub: Hub, clock: Clock, changes: Changes) {
    this.#changes = changes;
    this.#accounts = accounts;
    this.#hub = hub;
    this.#clock = clock;
  }

  isAvailable(account: string): boolean {
    return this.#available.has(account);
  }

  /** `source` is a device id, or 0 for the phone. The account is online while any of its sources is. */
  setAvailable(account: string, source: number, available: boolean): void {
    const before = this.#available.has(account);
    const sources = this.#available.get(account) ?? new Set<number>();
    if (available) sources.add(source);
    else sources.delete(source);
    if (sources.size > 0) this.#available.set(account, sources);
    else this.#available.delete(account);
    const after = sources.size > 0;
    if (before === after) return;
    this.#changes.notify();
    const lastSeen = after ? null : this.#clock.now();
    if (lastSeen !== null) this.#accounts.setLastSeen(account, lastSeen);
    for (const device of this.#subscribers.get(account) ?? [])
      this.#hub.device(device)?.sendLive({ type: "presence", who: account, online: after, lastSeen });
  }

  /** Subscribes the device to changes, and sends it the current state immediately. */
  subscribe(device: number, accounts: readonly string[]): void {
    const mine = this.#subscriptions.get(device) ?? new Set<string>();
    this.#subscriptions.set(device, mine);
    for (const account of accounts) {
      if (mine.size >= SUBSCRIPTION_LIMIT) return;
      mine.add(account);
      this.#subscribers.set(account, (this.#subscribers.get(account) ?? new Set()).add(device));
      const online = this.isAvailable(account);
      this.#hub.device(device)?.sendLive({
        type: "presence",
        who: account,
        online,
        lastSeen: online ? null : this.#accounts.get(account).last_seen,
      });
    }
  }

  /** Drops the subscriptions of a device and its contribution to the account's availability. */
  forgetDevice(device: number, account: string): void {
    for (const target of this.#subscriptions.get(device) ?? []) {
      const subscribers = this.#subscribers.get(target);
      subscribers?.delete(device);
      if (subscribers?.size === 0) this.#subscribers.delete(target);
    }
    this.#subscriptions.delete(device);
    if (this.#available.get(account)?.has(device) === true) this.setAvailable(account, device, false);
  }

  /** Shows `from` as typing in the chat, to the phones and devices of `to`. */
  type(from: string, to: readonly string[], chat: string, state: TypingState): void {
    for (const reader of to) {
      this.#setTyping(reader, { chat, from, state, at: this.#clock.now() });
      this.#hub.sendLive(reader, { type: "typing", chat, from, state });
    }
  }

  #setTyping(reader: string, typing: Omit<SeenTyping, "state"> & { state: TypingState }): void {
    const seen = this.#typing.get(reader) ?? new Map<string, SeenTyping>();
    const key = `${typing.chat} ${typing.from}`;
    if (typing.state === "paused") seen.delete(key);
    else seen.set(key, { ...typing, state: typing.state });
    if (seen.size > 0) this.#typing.set(reader, seen);
    else this.#typing.delete(reader);
    this.#changes.notify();
  }

  /** Who is typing to the account now. */
  typingTo(account: string): SeenTyping[] {
    return [...(this.#typing.get(account)?.values() ?? [])].filter(
      (typing) => this.#clock.now() - typing.at < TYPING_SHOWN_MS,
    );
  }

  forgetAccount(account: string): void {
    this.#available.delete(account);
    this.#subscribers.delete(account);
    this.#typing.delete(account);
  }
}
