/** Typing and availability: told to those who are there, and never kept. */
import type { LiveEvent } from "../contracts/sandbox-wire.ts";
import type { Accounts } from "./accounts.ts";
import type { Changes } from "./changes.ts";
import type { Clock } from "./clock.ts";
import type { Hub } from "./hub.ts";

type TypingState = Extract<LiveEvent, { type: "typing" }>["state"];
/** Seen on a phone: who types to it. */
export interface SeenTyping {
  readonly chat: string;
  readonly from: string;
  readonly state: "typing" | "recording";
  readonly at: number;
}

/** WhatsApp's clients let "typing" fade after this time. */
const TYPING_FADES_MS = 25_000;
const SUBSCRIPTION_LIMIT = 1000;

export class Presence {
  readonly #changes: Changes;
  readonly #accounts: Accounts;
  readonly #hub: Hub;
  readonly #clock: Clock;
  /** Who shows as online: account -> what says so (a device id, or 0 for the phone itself). */
  readonly #available = new Map<string, Set<number>>();
  /** Whose presence a device asked to be told: account -> device ids, and the reverse for clearing up. */
  readonly #watchers = new Map<string, Set<number>>();
  readonly #watched = new Map<number, Set<string>>();
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

  /** `source` is a device's id, or 0 for the phone. The account is online while anything of it is. */
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
    for (const device of this.#watchers.get(account) ?? [])
      this.#hub.device(device)?.tell({ type: "presence", who: account, online: after, lastSeen });
  }

  /** From now on the device is told of changes, and of the present state at once. */
  subscribe(device: number, accounts: readonly string[]): void {
    const mine = this.#watched.get(device) ?? new Set<string>();
    this.#watched.set(device, mine);
    for (const account of accounts) {
      if (mine.size >= SUBSCRIPTION_LIMIT) return;
      mine.add(account);
      this.#watchers.set(account, (this.#watchers.get(account) ?? new Set()).add(device));
      const online = this.isAvailable(account);
      this.#hub.device(device)?.tell({
        type: "presence",
        who: account,
        online,
        lastSeen: online ? null : this.#accounts.get(account).last_seen,
      });
    }
  }

  /** Forgets what hung on the connection of a device. */
  forgetDevice(device: number, account: string): void {
    for (const watched of this.#watched.get(device) ?? []) {
      const watchers = this.#watchers.get(watched);
      watchers?.delete(device);
      if (watchers?.size === 0) this.#watchers.delete(watched);
    }
    this.#watched.delete(device);
    if (this.#available.get(account)?.has(device) === true) this.setAvailable(account, device, false);
  }

  /** Shows `from` as typing in the chat, to the phones and devices of `to`. */
  type(from: string, to: readonly string[], chat: string, state: TypingState): void {
    for (const reader of to) {
      this.#note(reader, { chat, from, state, at: this.#clock.now() });
      this.#hub.tell(reader, { type: "typing", chat, from, state });
    }
  }

  #note(reader: string, typing: Omit<SeenTyping, "state"> & { state: TypingState }): void {
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
      (typing) => this.#clock.now() - typing.at < TYPING_FADES_MS,
    );
  }

  forgetAccount(account: string): void {
    this.#available.delete(account);
    this.#watchers.delete(account);
    this.#typing.delete(account);
  }
}
