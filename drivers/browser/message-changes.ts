/** What happens to messages after they were sent: acks, edits, revokes, reactions, votes. */
import type { Whatsapp } from "@wppconnect-team/wppconnect";
import type { DriverEvent } from "../driver.ts";
import type { AddressBook } from "./address-book.ts";
import type { Memory } from "./sync-checkpoint.ts";
import type { Reporter } from "./reporter.ts";
import { mediaTypeOf } from "./received-content.ts";
import { Edit, Message, parseKey, Reaction, Revoke, Vote, type Key } from "./shapes.ts";

export interface ChangeParts {
  readonly reporter: Reporter;
  readonly addresses: AddressBook;
  readonly memory: Pick<Memory, "wasTold" | "noteTold">;
  /** True for a change that this driver made itself; asked once for each. */
  readonly isOwnChange: (key: string) => boolean;
}

/** Listens to the library; what it gives is untrusted, and what does not parse is left out. */
export function listenForChanges(client: Whatsapp, parts: ChangeParts): void {
  client.onAck((given: unknown) => takeAck(parts, given));
  client.onMessageEdit((given: unknown) => takeEdit(parts, given));
  client.onRevokedMessage((given: unknown) => takeRevoke(parts, given));
  client.onReactionMessage((given: unknown) => takeReaction(parts, given));
  client.onPollResponse((given: unknown) => takeVote(parts, given));
}

function tell(parts: ChangeParts, key: Key, make: () => Promise<DriverEvent> | DriverEvent): void {
  void parts.reporter.tell(key.chat, make);
}

/** What comes live may be read back after the next gap: it has no row by which the layer above would know it. */
function tellOnce(parts: ChangeParts, key: Key, sign: string, make: () => Promise<DriverEvent>): void {
  if (parts.memory.wasTold(sign)) return;
  void parts.reporter.tell(key.chat, make).then((isStored) => (isStored ? parts.memory.noteTold(sign) : undefined));
}

/** The ack of an own message as a whole: who gave it is only known where there is one receiver. */
export function takeAck(parts: ChangeParts, given: unknown): void {
  const message = Message.safeParse(given).data;
  const key = message === undefined ? null : parseKey(message.id);
  const ack = message?.ack ?? 0;
  if (key === null || !key.fromMe || ack < 1) return;
  const by = ack >= 2 && !key.chat.endsWith("@g.us") ? key.chat : null;
  tell(parts, key, () => ({ type: "ack", waId: key.id, ack, at: Date.now(), by }));
}

/** The ack that one member of a group gave. */
export function takeMemberAck(parts: ChangeParts, receipt: { key: Key; ack: number; by: string }): void {
  tell(parts, receipt.key, () => ({
    type: "ack",
    waId: receipt.key.id,
    ack: receipt.ack,
    at: Date.now(),
    by: receipt.by,
  }));
}

export function takeEdit(parts: ChangeParts, given: unknown): void {
  const edit = Edit.safeParse(given).data;
  const key = edit === undefined ? null : parseKey(edit.id);
  if (edit === undefined || key === null || parts.isOwnChange(`edit ${edit.id}`)) return;
  // The body of media is their preview.
  const text = (mediaTypeOf(edit.msg) === null ? edit.msg.body : undefined) ?? edit.msg.caption ?? "";
  const at = edit.msg.latestEditSenderTimestampMs ?? Date.now();
  tell(parts, key, async () => ({
    type: "edited",
    key: edit.id,
    chat: await parts.addresses.resolve(key.chat),
    text,
    at,
  }));
}

function takeRevoke(parts: ChangeParts, given: unknown): void {
  const revoke = Revoke.safeParse(given).data;
  const key = revoke === undefined ? null : parseKey(revoke.refId);
  if (revoke === undefined || key === null) return;
  const by = revoke.author ?? revoke.from;
  tell(parts, key, async () => {
    const [chat, who] = await parts.addresses.resolveAll([key.chat, by ?? key.chat]);
    return { type: "revoked", key: revoke.refId, chat: chat!, by: by === undefined ? null : who!, at: Date.now() };
  });
}

export function takeReaction(parts: ChangeParts, given: unknown): void {
  const reaction = Reaction.safeParse(given).data;
  const [key, own] = reaction === undefined ? [null, null] : [parseKey(reaction.msgId), parseKey(reaction.id)];
  if (
    reaction === undefined ||
    key === null ||
    (own?.fromMe === true && parts.isOwnChange(`reaction ${reaction.msgId}`))
  )
    return;
  const sign = `${reaction.id} ${reaction.timestamp}`;
  tellOnce(parts, key, sign, async () => {
    const [chat, from] = await parts.addresses.resolveAll([key.chat, reaction.sender]);
    return {
      type: "reaction",
      key: reaction.id,
      target: reaction.msgId,
      chat: chat!,
      from: from!,
      emoji: reaction.reactionText ?? "",
      at: reaction.timestamp,
    };
  });
}

export function takeVote(parts: ChangeParts, given: unknown): void {
  const vote = Vote.safeParse(given).data;
  const key = vote === undefined ? null : parseKey(vote.msgId);
  if (vote === undefined || key === null) return;
  const options = vote.selectedOptions.flatMap((option) => (option === null ? [] : [option.name]));
  tellOnce(parts, key, `${vote.msgId} ${vote.sender} ${vote.timestamp}`, async () => {
    const [chat, from] = await parts.addresses.resolveAll([key.chat, vote.sender]);
    return { type: "poll_vote", target: vote.msgId, chat: chat!, from: from!, options, at: vote.timestamp };
  });
}
