/** Receipts: who has received, read or played a message, told to the devices of its sender. */
import { ACK } from "../contracts/states.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Clock } from "./clock.ts";
import type { Copies, HeldMessage } from "./copies.ts";
import type { Faults } from "./faults.ts";
import type { MessageRow } from "./messages.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Store } from "./store.ts";

/** What a receipt needs to know of a message. */
type Receivable = Pick<HeldMessage, "sender" | "id" | "chat" | "message">;

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly copies: Copies;
  readonly faults: Faults;
  readonly outgoing: Outgoing;
}

export class Receipts {
  readonly #parts: Parts;
  readonly #isAccount;
  readonly #waitingOwners;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#isAccount = parts.store.one<{ id: string }>("SELECT id FROM accounts WHERE id = ?");
    this.#waitingOwners = parts.store.all<{ id: string }>(
      "SELECT id FROM accounts a WHERE online = 1 AND EXISTS (SELECT 1 FROM copies c INDEXED BY copies_undelivered WHERE c.owner = a.id AND c.mine = 0 AND c.ack < 2)",
    );
  }

  /** The reader has acknowledged the messages up to `ack`: its copies rise, and their senders are told. */
  acknowledge(reader: string, messages: readonly Receivable[], ack: number): void {
    const idsBySender = new Map<string, { chat: string; sender: string; ids: string[] }>();
    for (const message of messages) {
      if (!this.#parts.copies.raise(message.message, reader, ack)) continue;
      this.#parts.copies.raise(message.message, message.sender, ack);
      const chat = message.chat.endsWith("@g.us") ? message.chat : reader;
      const key = `${message.sender} ${chat}`;
      const entry = idsBySender.get(key) ?? { chat, sender: message.sender, ids: [] };
      entry.ids.push(message.id);
      idsBySender.set(key, entry);
    }
    for (const { sender, chat, ids } of idsBySender.values()) {
      if (this.#isAccount(sender) === undefined) continue;
      this.#parts.outgoing.event(this.#parts.accounts.get(sender), {
        type: "receipt",
        ids,
        chat,
        by: reader,
        ack,
        at: this.#parts.clock.now(),
      });
    }
  }

  /** A note to oneself is read as soon as it is written. */
  acknowledgeOwn(account: Account, message: MessageRow): void {
    const { copies, outgoing, clock } = this.#parts;
    copies.raise(message.n, account.id, ACK.read);
    outgoing.event(account, {
      type: "receipt",
      ids: [message.id],
      chat: account.id,
      by: account.id,
      ack: ACK.read,
      at: clock.now(),
    });
  }

  /** A linked device has stored these messages: delivered, even when the phone itself is away. */
  deviceHolds(account: string, messages: readonly number[]): void {
    const { accounts, copies, faults } = this.#parts;
    if (messages.length === 0 || this.#isAccount(account) === undefined || faults.of(accounts.get(account)).dropAcks)
      return;
    const held = copies.undelivered(account).filter((copy) => messages.includes(copy.message));
    this.acknowledge(account, held, ACK.device);
  }

  /** A message has come to an account: delivered at once when its phone has network, and read when it reads by itself. */
  arrived(account: Account): void {
    if (account.online === 0) return;
    const { ackDelayMs } = this.#parts.faults.of(account);
    if (ackDelayMs === 0) return this.settle(account.id);
    this.#parts.store.afterCommit(() => this.#parts.clock.after(ackDelayMs, () => this.settleLater(account.id)));
  }

  /** Gives every receipt that the account owes. */
  settle(id: string): void {
    const account = this.#parts.accounts.get(id);
    if (account.online === 0 || this.#parts.faults.of(account).dropAcks) return;
    const undelivered = this.#parts.copies.undelivered(id);
    this.acknowledge(id, undelivered, ACK.device);
    if (account.auto_read === 1) this.acknowledge(id, undelivered, ACK.read);
  }

  /** As `settle`, in a transaction of its own; an account that is gone by then owes nothing. */
  settleLater(id: string): void {
    this.#parts.store.background(() => {
      if (this.#isAccount(id) !== undefined) this.settle(id);
    });
  }

  /** Receipts that an earlier process still owed. */
  settleAll(): void {
    for (const { id } of this.#waitingOwners()) this.settle(id);
  }
}
