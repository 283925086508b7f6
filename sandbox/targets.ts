/** Messages that refer to another message: reactions, edits, revokes and votes, with WhatsApp's limits. */
import type { WireMessage } from "../contracts/sandbox-wire.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Clock } from "./clock.ts";
import type { Copies } from "./copies.ts";
import type { Groups } from "./groups.ts";
import { CONTROL_TYPES, type MessageRow, type Messages } from "./messages.ts";
import { Refusal } from "./refusal.ts";

const EDIT_LIMIT_MS = 15 * 60_000;
const REVOKE_LIMIT_MS = 60 * 3_600_000;

/** Types with a text or caption that its sender can change. */
const EDITABLE: ReadonlySet<string> = new Set(["text", "image", "video", "gif", "document"]);

/** A message as a device or phone submits it. */
export type Draft = Omit<WireMessage, "from" | "at" | "pushName">;

interface Parts {
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly messages: Messages;
  readonly copies: Copies;
  readonly groups: Groups;
}

export class Targets {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Finds a message of the chat that the account can see. Without `from` the id must be unique in the chat. */
  find(account: Account, chat: string, id: string, from: string | undefined): MessageRow | undefined {
    if (from === undefined) {
      const [copy, another] = this.#parts.copies.byId(account.id, chat, id);
      return copy === undefined || another !== undefined ? undefined : this.#parts.messages.get(copy.message);
    }
    const sender = this.#parts.accounts.find(account.tenant, from)?.id ?? from;
    const row = this.#parts.messages.find(sender, id);
    if (row === undefined || this.#parts.copies.find(row.n, account.id)?.chat !== chat) return undefined;
    return row;
  }

  /** Applies the draft to its target and returns the target; throws the refusal that WhatsApp would answer. */
  apply(account: Account, chat: string, draft: Draft): MessageRow {
    const target = this.find(account, chat, draft.targetId ?? "", draft.targetFrom);
    const isGone = target?.revoked === 1 && draft.type !== "revoke" && draft.type !== "edit";
    if (target === undefined || isGone || CONTROL_TYPES.has(target.type))
      throw new Refusal("target_not_found", `message ${draft.targetId} does not exist in ${chat}`);
    if (draft.type === "reaction") this.#parts.messages.react(target.n, account.id, draft.text ?? "");
    else if (draft.type === "edit") this.#edit(account, target, draft.text ?? "");
    else if (draft.type === "revoke") this.#revoke(account, target);
    else this.#vote(account, target, draft.options ?? []);
    return target;
  }

  #edit(account: Account, target: MessageRow, text: string): void {
    if (target.sender !== account.id) throw new Refusal("refused", "only the sender can edit a message");
    if (target.revoked === 1) throw new Refusal("target_not_found", "the message was revoked");
    if (!EDITABLE.has(target.type)) throw new Refusal("refused", "only texts and captions can be edited");
    if (this.#parts.clock.now() - target.at > EDIT_LIMIT_MS)
      throw new Refusal("too_late", "a message can be edited for 15 minutes");
    this.#parts.messages.edit(target.n, text);
  }

  #revoke(account: Account, target: MessageRow): void {
    const asAdmin = target.sender !== account.id;
    if (asAdmin && !target.chat.endsWith("@g.us")) throw new Refusal("refused", "only the sender can revoke a message");
    if (asAdmin && !this.#parts.groups.isAdmin(account, target.chat))
      throw new Refusal("not_admin", "only admins can revoke other members' messages");
    if (this.#parts.clock.now() - target.at > REVOKE_LIMIT_MS)
      throw new Refusal("too_late", "a message can be revoked for 60 hours");
    this.#parts.messages.revoke(target.n);
  }

  #vote(account: Account, target: MessageRow, chosen: readonly string[]): void {
    const poll = JSON.parse(target.body) as WireMessage;
    if (poll.type !== "poll") throw new Refusal("target_not_found", "only polls accept votes");
    if (chosen.some((option) => poll.options?.includes(option) !== true))
      throw new Refusal("invalid", "the poll has no such option");
    if ((poll.selectableCount ?? 0) > 0 && chosen.length > (poll.selectableCount ?? 0))
      throw new Refusal("invalid", `at most ${poll.selectableCount} options can be chosen`);
    const inOrder = (poll.options ?? []).filter((option) => chosen.includes(option));
    this.#parts.messages.vote(target.n, account.id, inOrder);
  }
}
