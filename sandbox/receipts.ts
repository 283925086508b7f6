/** Receipts: who has received, read or played a message. They are sent to the devices of its sender. */
import { ACK } from "../contracts/states.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Clock } from "./clock.ts";
import type { Copies, MessageCopy } from "./copies.ts";
import type { Faults } from "./faults.ts";
import { CONTROL_TYPES, isShared, type MessageRow } from "./messages.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Privacy } from "./privacy.ts";
import type { Store } from "./store.ts";

/** The fields of a message that a receipt needs. */
type Receivable = Pick<MessageCopy, "sender" | "id" | "chat" | "message" | "type">;

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly copies: Copies;
  readonly faults: Faults;
  readonly outgoing: Outgoing;
  readonly privacy: Privacy;
}

export class Receipts {
  readonly #parts: Parts;
  readonly #isAccount;
  readonly #accountsWithDue;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#isAccount = parts.store.one<{ id: string }>("SELECT id FROM accounts WHERE id = ?");
    this.#accountsWithDue = parts.store.all<{ id: string }>(
      `SELECT id FROM accounts a WHERE online = 1 AND EXISTS
         (SELECT 1 FROM copies c INDEXED BY copies_undelivered WHERE c.owner = a.id AND c.mine = 0 AND c.ack < 2)`,
    );
  }

  /**
   * The reader has acknowledged the messages up to `ack`: raises its copies and notifies the senders, except of having
   * read when the reader has turned that off. Groups always show it.
   */
  acknowledge(reader: string, messages: readonly Receivable[], ack: number): void {
    const at = this.#parts.clock.now();
    const idsBySender = new Map<string, { chat: string; sender: string; ids: string[] }>();
    for (const message of messages) {
      if (!this.#parts.copies.raise(message.message, reader, ack, at)) continue;
      const isTold = ack < ACK.read || message.chat.endsWith("@g.us") || this.#tellsReads(reader);
      if (!isTold) continue;
      this.#parts.copies.raise(message.message, message.sender, ack, at);
      // As in WhatsApp Web, reactions and other changes of messages have no receipts that a device shows.
      if (CONTROL_TYPES.has(message.type)) continue;
      const chat = isShared(message.chat) ? message.chat : reader;
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
        at,
      });
    }
  }

  #tellsReads(reader: string): boolean {
    return this.#parts.privacy.allows(reader, "", "readReceipts");
  }

  /** A message to oneself is read as soon as it is sent. */
  acknowledgeOwn(account: Account, message: MessageRow): void {
    const { copies, outgoing, clock } = this.#parts;
    copies.raise(message.n, account.id, ACK.read, clock.now());
    outgoing.event(account, {
      type: "receipt",
      ids: [message.id],
      chat: account.id,
      by: account.id,
      ack: ACK.read,
      at: clock.now(),
    });
  }

  /** A linked device has stored these messages: they are delivered, even when the phone itself is offline. */
  storedByDevice(account: string, messages: readonly number[]): void {
    const { accounts, copies, faults } = this.#parts;
    if (messages.length === 0 || this.#isAccount(account) === undefined || faults.of(accounts.get(account)).dropAcks)
      return;
    const stored = copies.undelivered(account).filter((copy) => messages.includes(copy.message));
    this.acknowledge(account, stored, ACK.device);
  }

  /** A message has arrived: it is delivered if the phone is online, and read if it reads automatically. */
  arrived(account: Account): void {
    if (account.online === 0) return;
    const { ackDelayMs } = this.#parts.faults.of(account);
    if (ackDelayMs === 0) return this.sendDue(account.id);
    this.#parts.store.afterCommit(() => this.#parts.clock.after(ackDelayMs, () => this.sendDueLater(account.id)));
  }

  /** Sends every receipt that is due from the account. */
  sendDue(id: string): void {
    const account = this.#parts.accounts.get(id);
    if (account.online === 0 || this.#parts.faults.of(account).dropAcks) return;
    const undelivered = this.#parts.copies.undelivered(id);
    this.acknowledge(id, undelivered, ACK.device);
    if (account.auto_read === 1) this.acknowledge(id, undelivered, ACK.read);
  }

  /** Like `sendDue`, in a separate transaction; does nothing when the account no longer exists by then. */
  sendDueLater(id: string): void {
    this.#parts.store.background(() => {
      if (this.#isAccount(id) !== undefined) this.sendDue(id);
    });
  }

  /** Sends the receipts that are due from every account, such as after a restart. */
  sendAllDue(): void {
    for (const { id } of this.#accountsWithDue()) this.sendDue(id);
  }
}
