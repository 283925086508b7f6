/** The phones of a tenant, and what their owners do with them. Another tenant's phone is `not_found`. */
import { randomBytes } from "node:crypto";
import { addressOf, parseRecipient, type Address } from "../contracts/address.ts";
import { Problem } from "../contracts/errors.ts";
import type { SandboxAct } from "../contracts/sandbox-acts.ts";
import type { SandboxItem, SandboxMessage, SandboxPhone } from "../contracts/sandbox.ts";
import type { WireOperations } from "../contracts/sandbox-wire.ts";
import { ACK } from "../contracts/states.ts";
import { validationMessages } from "../contracts/validation-messages.ts";
import { formatVcard } from "../contracts/vcard.ts";
import type { Account, Addressing, GroupsPrivacy } from "./accounts.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { readInbox } from "./inbox.ts";
import type { Network } from "./network.ts";
import { perform, type AccountOperation } from "./operations.ts";
import { viewPhone } from "./phone-view.ts";
import { toInputProblem, toProblem } from "./problems.ts";
import { OPERATION_INPUTS } from "./wire-schemas.ts";

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Settings {
  readonly autoRead?: boolean | undefined;
  readonly groupsPrivacy?: GroupsPrivacy | undefined;
  readonly addressing?: Addressing | undefined;
  readonly hidesNumber?: boolean | undefined;
}

/** A message id in the format that iPhones use. */
function createMessageId(): string {
  return `3A${randomBytes(9).toString("hex").toUpperCase()}`;
}

export class Phones {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** Oldest first. */
  list(tenant: string, { limit, cursor }: Page): Promise<{ data: SandboxPhone[]; nextCursor: string | null }> {
    return this.#run(() => {
      const [at = "0", id = ""] = cursor === undefined ? [] : decodeCursor(cursor, /^\d{1,15} \d{5,20}@c\.us$/);
      const accounts = this.#network.accounts.page(tenant, { at: Number(at), id }, limit + 1);
      const shown = accounts.slice(0, limit);
      const last = shown.at(-1);
      return {
        data: shown.map((account) => this.#view(account)),
        nextCursor: accounts.length > limit && last !== undefined ? encodeCursor(last.created_at, last.id) : null,
      };
    });
  }

  /** `phone` consists of digits; without it a fictitious number is chosen. */
  create(
    tenant: string,
    given: Settings & { phone?: string | undefined; name?: string | undefined; business?: boolean | undefined } = {},
  ): Promise<SandboxPhone> {
    return this.#run(() => {
      const account = this.#network.accounts.create(tenant, {
        digits: given.phone,
        name: given.name ?? null,
        autoRead: given.autoRead ?? false,
        groupsPrivacy: given.groupsPrivacy ?? "all",
        business: given.business ?? false,
        addressing: given.addressing ?? "lid",
        hidesNumber: given.hidesNumber ?? false,
      });
      if (account === undefined) throw new Problem("conflict", `+${given.phone} is already in use in this sandbox`);
      // A phone without a name would be an event for every session of the tenant that says nothing.
      if (account.name !== null) this.#network.announcements.name(account);
      return this.#view(account);
    });
  }

  get(tenant: string, phone: string): Promise<SandboxPhone> {
    return this.#as(tenant, phone, (account) => this.#view(account));
  }

  /** A phone that comes back online receives the messages that were waiting for it. */
  change(
    tenant: string,
    phone: string,
    change: Settings & { name?: string | null | undefined; online?: boolean | undefined },
  ): Promise<SandboxPhone> {
    return this.#as(tenant, phone, (account) => {
      const changed = this.#network.accounts.update(account, change);
      if (changed.name !== account.name) this.#network.announcements.name(changed);
      const { addressing } = changed;
      if (addressing !== account.addressing)
        this.#network.announcements.to([account.id], { type: "addressing", addressing });
      this.#network.receipts.sendDue(account.id);
      return this.#view(changed);
    });
  }

  /** Removes the phone from the network: it leaves its groups, and its sessions are logged out. */
  remove(tenant: string, phone: string): Promise<void> {
    return this.#as(tenant, phone, (account) => {
      const { accounts, faults, groups, presence, store } = this.#network;
      for (const group of groups.of(account)) groups.leave(account, group.id);
      this.#unlink(account, undefined);
      accounts.remove(account.id);
      store.afterCommit(() => {
        presence.forgetAccount(account.id);
        faults.forget(account.id);
      });
    });
  }

  /** Scans the full text of a QR code, or enters a pairing code. */
  scan(
    tenant: string,
    phone: string,
    shown: { qr?: string | undefined; code?: string | undefined },
  ): Promise<SandboxPhone> {
    return this.#as(tenant, phone, (account) => {
      if (shown.code !== undefined) this.#network.linking.enter(account, shown.code);
      else this.#network.linking.scan(account, shown.qr ?? "");
      return this.#view(account);
    });
  }

  /** Sends from the phone; resolves once the network has accepted the message. */
  async send(
    tenant: string,
    phone: string,
    message: SandboxMessage,
  ): Promise<{ id: string; chat: Address; at: string }> {
    const { media, replyTo, target, mentions, contacts, selectedId, ...rest } = message;
    const draft = {
      ...rest,
      id: message.id ?? createMessageId(),
      to: parseRecipient(message.to, null, "/to"),
      media:
        media === undefined
          ? undefined
          : { mimetype: media.mimetype, filename: media.filename ?? null, data: media.base64 },
      contacts: contacts?.map(({ name, phone = "", vcard }) => ({
        name,
        vcard: vcard ?? formatVcard({ name, phone }),
      })),
      quotedId: replyTo,
      targetId: target,
      text: message.type === "reaction" ? (message.text ?? "") : message.text,
      details: selectedId === undefined ? undefined : { selectedId },
      mentions: mentions?.map((mention, at) => parseRecipient(mention, null, `/mentions/${at}`)),
    };
    const given = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
    return this.#as(tenant, phone, (account) => {
      const { id, at } = perform(this.#network, "send", { account: account.id, device: null }, given);
      const chat = this.#network.operations.find({ account, device: null }, { id })?.to ?? draft.to;
      return {
        id,
        chat: addressOf(chat, this.#network.accounts.find(tenant, chat)?.lid),
        at: new Date(at).toISOString(),
      };
    });
  }

  /** Performs any operation of the wire as the phone itself. */
  perform<N extends AccountOperation>(
    tenant: string,
    phone: string,
    op: N,
    input: WireOperations[N][0],
  ): Promise<WireOperations[N][1]> {
    return this.#as(tenant, phone, (account) =>
      perform(this.#network, op, { account: account.id, device: null }, input),
    );
  }

  /** Like `perform`, with an input that was not checked: the problem `validation` names each of its wrong fields. */
  async act(tenant: string, phone: string, act: SandboxAct, input: unknown): Promise<unknown> {
    const { error } = OPERATION_INPUTS[act].safeParse(input, validationMessages);
    if (error !== undefined) throw toInputProblem(error);
    return await this.#as(tenant, phone, (account) =>
      perform(this.#network, act, { account: account.id, device: null }, input),
    );
  }

  /** Sets whether people who use the invite need an admin's approval; the wire has no request for this. */
  approveJoins(tenant: string, phone: string, groupId: string, joinApproval: boolean): Promise<void> {
    return this.#as(tenant, phone, (account) => void this.#network.groups.update(account, groupId, { joinApproval }));
  }

  async type(tenant: string, phone: string, to: string, state: "typing" | "recording" | "paused"): Promise<void> {
    await this.perform(tenant, phone, "typing", { chat: parseRecipient(to, null, "/to"), state });
  }

  async setPresence(tenant: string, phone: string, available: boolean): Promise<void> {
    await this.perform(tenant, phone, "setPresence", { available });
  }

  /** Reads a chat on the phone; `played` also plays its audio and video messages. */
  async read(tenant: string, phone: string, from: string, played: boolean): Promise<void> {
    const chat = parseRecipient(from, null, "/from");
    await this.#as(tenant, phone, (account) => {
      const { copies, operations, receipts } = this.#network;
      operations.markRead({ account, device: null }, { chat });
      const isPlayable = (type: string): boolean => type === "voice" || type === "audio" || type === "video";
      if (played)
        receipts.acknowledge(
          account.id,
          copies.unread(account.id, this.#chatIdOf(tenant, chat), ACK.played).filter((copy) => isPlayable(copy.type)),
          ACK.played,
        );
    });
  }

  /** Logs out one linked session, or all of them. */
  unlink(tenant: string, phone: string, device: number | undefined): Promise<void> {
    return this.#as(tenant, phone, (account) => {
      const found = this.#unlink(account, device);
      if (device !== undefined && found === 0) throw new Problem("not_found", `+${phone} has no device ${device}`);
    });
  }

  #unlink(account: Account, device: number | undefined): number {
    const { devices, hub, store } = this.#network;
    const chosen = devices.idsOf(account.id).filter((id) => device === undefined || id === device);
    for (const id of chosen) {
      devices.unlink(id);
      store.afterCommit(() => hub.device(id)?.dismiss("logout"));
    }
    return chosen.length;
  }

  /** Calls a number: its connected sessions see the call. */
  call(tenant: string, phone: string, to: string, video: boolean): Promise<{ id: string }> {
    return this.#as(tenant, phone, (account) => {
      const input = { to: parseRecipient(to, null, "/to"), video };
      const { id } = this.#network.operations.offerCall({ account, device: null }, input);
      return { id };
    });
  }

  /** The messages that the phone has received or sent, latest first. */
  inbox(
    tenant: string,
    phone: string,
    query: Page & { direction?: "received" | "sent"; chat?: string | undefined } = { limit: 50 },
  ): Promise<{ data: SandboxItem[]; nextCursor: string | null }> {
    const chat = query.chat === undefined ? null : parseRecipient(query.chat, null, "?chat");
    return this.#as(tenant, phone, (account) =>
      readInbox(this.#network, account.id, {
        direction: query.direction ?? "received",
        chat: chat === null ? null : this.#chatIdOf(tenant, chat),
        limit: query.limit,
        cursor: query.cursor,
      }),
    );
  }

  #view(account: Account): SandboxPhone {
    return viewPhone(this.#network, account);
  }

  /** The id under which a chat is stored, whichever form of the number was given. */
  #chatIdOf(tenant: string, chat: string): string {
    return this.#network.accounts.find(tenant, chat)?.id ?? chat;
  }

  #as<T>(tenant: string, phone: string, work: (account: Account) => T): Promise<T> {
    return this.#run(() => {
      const account = this.#network.accounts.find(tenant, `${phone.replace("+", "")}@c.us`);
      if (account === undefined) throw new Problem("not_found", `phone ${phone} does not exist`);
      return work(account);
    });
  }

  async #run<T>(work: () => T): Promise<T> {
    try {
      return await this.#network.store.write(work);
    } catch (error) {
      throw toProblem(error);
    }
  }
}
