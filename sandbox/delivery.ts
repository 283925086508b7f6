/** Delivery: accepts a message, stores it once per (sender, id), and delivers it to every recipient. */
import { ACK } from "../contracts/states.ts";
import { STATUS_CHAT } from "../contracts/sandbox-wire-channels.ts";
import type { WireMessage, WireOperations } from "../contracts/sandbox-wire.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Blocks } from "./blocks.ts";
import type { Channels } from "./channels.ts";
import type { Clock } from "./clock.ts";
import type { Copies } from "./copies.ts";
import type { Faults } from "./faults.ts";
import type { Groups } from "./groups.ts";
import { CONTROL_TYPES, isShared, type MessageRow, type Messages } from "./messages.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Receipts } from "./receipts.ts";
import { Refusal } from "./refusal.ts";
import type { Statuses } from "./statuses.ts";
import type { Draft, Targets } from "./targets.ts";

type Accepted = WireOperations["send"][1];

interface Parts {
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly blocks: Blocks;
  readonly messages: Messages;
  readonly copies: Copies;
  readonly groups: Groups;
  readonly targets: Targets;
  readonly faults: Faults;
  readonly outgoing: Outgoing;
  readonly receipts: Receipts;
  readonly channels: Channels;
  readonly statuses: Statuses;
}

/** Where a message goes: the chat as its sender sees it, and the other members of that chat. */
interface Audience {
  readonly chat: string;
  readonly receivers: readonly Account[];
}

export class Delivery {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Sends a message for the account; `device` is the device that sends it, null for the phone itself. A repeated id is
   * counted as a duplicate and gets the answer of the first.
   */
  send(sender: Account, device: number | null, draft: Draft): Accepted {
    const { messages, copies, faults } = this.#parts;
    const known = messages.find(sender.id, draft.id);
    if (known !== undefined) {
      messages.countDuplicate(known.n);
      const ack = copies.find(known.n, sender.id)?.ack ?? ACK.server;
      return { id: known.id, ack, to: known.chat, at: known.at };
    }
    if (faults.consumeSendFailure(sender)) throw new Refusal("refused", "a sandbox fault refuses this send");
    const audience = this.audienceOf(sender, draft.to);
    const row = messages.insert(this.#complete(sender, audience.chat, draft));
    this.#deliver(sender, device, row, audience);
    return { id: row.id, ack: ACK.server, to: row.chat, at: row.at };
  }

  /** Resolves a recipient; throws a refusal when the sender may not write to it. */
  audienceOf(sender: Account, to: string): Audience {
    const { accounts, blocks, channels, groups, statuses } = this.#parts;
    if (to === STATUS_CHAT) return { chat: to, receivers: statuses.audienceOf(sender) };
    if (to.endsWith("@newsletter"))
      return { chat: to, receivers: channels.audienceOf(sender, to).map((id) => accounts.get(id)) };
    if (to.endsWith("@g.us")) {
      const members = groups.audienceOf(sender, to).filter((id) => id !== sender.id);
      return { chat: to, receivers: members.map((id) => accounts.get(id)) };
    }
    const receiver = accounts.require(sender.tenant, to);
    if (blocks.has(sender.id, receiver.id)) throw new Refusal("refused", `${receiver.id} is blocked by ${sender.id}`);
    const isReached = receiver.id !== sender.id && !blocks.has(receiver.id, sender.id);
    return { chat: receiver.id, receivers: isReached ? [receiver] : [] };
  }

  /** The message as everyone will see it, with the senders of its target and of the quoted message filled in. */
  #complete(sender: Account, chat: string, draft: Draft): WireMessage {
    const { targets, clock } = this.#parts;
    const message: WireMessage = { ...draft, to: chat, from: sender.id, at: clock.now() };
    if (sender.name !== null) message.pushName = sender.name;
    if (CONTROL_TYPES.has(draft.type)) {
      const target = targets.apply(sender, chat, draft);
      message.targetFrom = target.sender;
      const { options } = JSON.parse(target.body) as WireMessage;
      // A vote names options, not an order: everyone sees them in the poll's.
      if (draft.type === "poll_vote")
        message.options = options?.filter((option) => draft.options?.includes(option)) ?? [];
    }
    if (draft.quotedId !== undefined) {
      const quoted = targets.find(sender, chat, draft.quotedId, draft.quotedFrom);
      if (quoted !== undefined) message.quotedFrom = quoted.sender;
    }
    return message;
  }

  #deliver(sender: Account, device: number | null, row: MessageRow, audience: Audience): void {
    const { copies, outgoing, receipts } = this.#parts;
    const content = !CONTROL_TYPES.has(row.type);
    copies.add(sender.id, audience.chat, row.n, { mine: true, content, ack: ACK.server });
    outgoing.message(sender, row.n, device);
    for (const receiver of audience.receivers) {
      const chat = isShared(row.chat) ? row.chat : sender.id;
      copies.add(receiver.id, chat, row.n, { mine: false, content, ack: ACK.pending });
      outgoing.message(receiver, row.n, null);
      receipts.arrived(receiver);
    }
    if (audience.chat === sender.id) receipts.acknowledgeOwn(sender, row);
  }
}
