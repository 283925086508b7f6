/** What is done to messages of a chat for everyone in it: pinned, kept, and after how long they disappear. */
import type { DurableEvent } from "../contracts/sandbox-wire.ts";
import type { WireReceipt } from "../contracts/sandbox-wire-channels.ts";
import { ACK } from "../contracts/states.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Chats } from "./chats.ts";
import type { Clock } from "./clock.ts";
import type { Copies } from "./copies.ts";
import type { Groups } from "./groups.ts";
import type { MessageRow, Messages } from "./messages.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Receipts } from "./receipts.ts";
import { Refusal } from "./refusal.ts";
import type { Targets } from "./targets.ts";

interface Parts {
  readonly accounts: Accounts;
  readonly chats: Chats;
  readonly clock: Clock;
  readonly copies: Copies;
  readonly groups: Groups;
  readonly messages: Messages;
  readonly outgoing: Outgoing;
  readonly receipts: Receipts;
  readonly targets: Targets;
}

interface Reference {
  readonly chat: string;
  readonly from: string;
  readonly id: string;
}

const PLAYABLE: ReadonlySet<string> = new Set(["voice", "audio", "video"]);

export class MessageMarks {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  pin(account: Account, input: Reference & { seconds: number | null }): { at: number } {
    const { clock, groups, messages } = this.#parts;
    const { message, chat } = this.#target(account, input);
    if (chat.endsWith("@g.us") && groups.read(chat).locked) groups.requireAdmin(account, chat);
    const at = clock.now();
    const until = input.seconds === null ? null : at + input.seconds * 1000;
    messages.pin(message.n, until);
    this.#tell(account, chat, (seenAs) => ({
      type: "pinned",
      chat: seenAs,
      from: message.sender,
      id: message.id,
      by: account.id,
      until,
      at,
    }));
    return { at };
  }

  keep(account: Account, input: Reference & { keep: boolean }): { at: number } {
    const { clock, messages } = this.#parts;
    const { message, chat } = this.#target(account, input);
    const at = clock.now();
    messages.keep(message.n, input.keep);
    this.#tell(account, chat, (seenAs) => ({
      type: "kept",
      chat: seenAs,
      from: message.sender,
      id: message.id,
      by: account.id,
      keep: input.keep,
      at,
    }));
    return { at };
  }

  /** In a group whoever may change its name. */
  setEphemeral(account: Account, chat: string, seconds: number): void {
    const { accounts, chats, clock, groups } = this.#parts;
    const at = clock.now();
    if (chat.endsWith("@g.us")) return void groups.update(account, chat, { ephemeral: seconds });
    const other = accounts.require(account.tenant, chat);
    chats.setEphemeral(account.id, other.id, seconds);
    chats.setEphemeral(other.id, account.id, seconds);
    this.#tell(account, other.id, (seenAs) => ({ type: "ephemeral", chat: seenAs, by: account.id, seconds, at }));
  }

  /** Who has received a message of the account. */
  info(account: Account, id: string): WireReceipt[] {
    const message = this.#parts.messages.find(account.id, id);
    if (message === undefined) throw new Refusal("target_not_found", `there is no message ${id} of ${account.id}`);
    return this.#parts.copies.receiptsOf(message.n);
  }

  /** Plays a message that the account has received. */
  play(account: Account, from: string, id: string): void {
    const { accounts, copies, messages, receipts } = this.#parts;
    const sender = accounts.find(account.tenant, from)?.id ?? from;
    const message = messages.find(sender, id);
    const copy = message === undefined ? undefined : copies.find(message.n, account.id);
    if (message === undefined || copy === undefined || copy.mine === 1 || !PLAYABLE.has(message.type))
      throw new Refusal("target_not_found", `there is no message ${id} of ${from} that can be played`);
    receipts.acknowledge(account.id, [{ ...message, message: message.n }], ACK.played);
  }

  #target(account: Account, { chat, from, id }: Reference): { message: MessageRow; chat: string } {
    const seenAs = this.#parts.accounts.find(account.tenant, chat)?.id ?? chat;
    const message = this.#parts.targets.find(account, seenAs, id, from);
    if (message === undefined || message.revoked === 1)
      throw new Refusal("target_not_found", `message ${id} does not exist in ${chat}`);
    return { message, chat: seenAs };
  }

  /** Queues an event for everyone in the chat, who may know it under another id. */
  #tell(account: Account, chat: string, event: (chat: string) => DurableEvent): void {
    const { accounts, groups, outgoing } = this.#parts;
    if (chat.endsWith("@g.us")) {
      for (const { id } of groups.read(chat).participants) outgoing.event(accounts.get(id), event(chat));
      return;
    }
    outgoing.event(account, event(chat));
    const other = accounts.find(account.tenant, chat);
    if (other !== undefined && other.id !== account.id) outgoing.event(other, event(account.id));
  }
}
