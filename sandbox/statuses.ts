/** Statuses: messages that an account shows to its contacts for a day. */
import { STATUS_CHAT } from "../contracts/sandbox-wire-channels.ts";
import type { WireMessage } from "../contracts/sandbox-wire.ts";
import { ACK } from "../contracts/states.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Blocks } from "./blocks.ts";
import type { Clock } from "./clock.ts";
import type { Copies } from "./copies.ts";
import { CONTROL_TYPES, type Messages } from "./messages.ts";
import type { Privacy } from "./privacy.ts";
import type { Receipts } from "./receipts.ts";
import { Refusal } from "./refusal.ts";

interface Parts {
  readonly accounts: Accounts;
  readonly blocks: Blocks;
  readonly clock: Clock;
  readonly copies: Copies;
  readonly messages: Messages;
  readonly privacy: Privacy;
  readonly receipts: Receipts;
}

const SHOWN_MS = 24 * 3_600_000;
const CONTACT_LIMIT = 5000;
const STATUS_LIMIT = 5000;

export class Statuses {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Who sees the account's statuses. */
  audienceOf(account: Account): Account[] {
    const { accounts, blocks, privacy } = this.#parts;
    return accounts
      .contactsOf(account, CONTACT_LIMIT)
      .filter((contact) => privacy.showsStatus(account.id, contact.id) && !blocks.has(contact.id, account.id));
  }

  /** The statuses of the last day that the account sees. */
  of(account: Account): WireMessage[] {
    const { clock, copies, messages } = this.#parts;
    return copies
      .history(account.id, STATUS_CHAT, clock.now() - SHOWN_MS, STATUS_LIMIT)
      .filter((copy) => !CONTROL_TYPES.has(copy.type) && copy.revoked === 0)
      .map((copy) => messages.read(copy.message, false));
  }

  /** The account has viewed a status; its author is told. */
  view(account: Account, from: string, id: string): void {
    const { accounts, copies, messages, receipts } = this.#parts;
    const message = messages.find(accounts.find(account.tenant, from)?.id ?? from, id);
    const copy = message === undefined ? undefined : copies.find(message.n, account.id);
    if (message === undefined || copy === undefined || message.chat !== STATUS_CHAT)
      throw new Refusal("target_not_found", `there is no status ${id} of ${from}`);
    receipts.acknowledge(account.id, [{ ...message, message: message.n }], ACK.read);
  }
}
