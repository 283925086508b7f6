/** Groups: who is in them and who may do what. The devices of all members are notified of every change. */
import { randomBytes, randomInt } from "node:crypto";
import type { DurableEvent, WireGroup, WireParticipantResult } from "../contracts/sandbox-wire.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Blocks } from "./blocks.ts";
import type { Clock } from "./clock.ts";
import type { Copies } from "./copies.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Participants } from "./participants.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

export interface GroupRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: string;
  readonly created_at: number;
  readonly announce: 0 | 1;
  readonly locked: 0 | 1;
  readonly join_approval: 0 | 1;
  readonly invite: string;
}

type Action = Extract<DurableEvent, { type: "participants" }>["action"];
type GroupAndResults = { group: WireGroup; results: WireParticipantResult[] };

/** `joinApproval` has no request on the wire yet: only the sandbox's own phones can set it. */
export interface GroupChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly announce?: boolean | undefined;
  readonly locked?: boolean | undefined;
  readonly joinApproval?: boolean | undefined;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly blocks: Blocks;
  readonly copies: Copies;
  readonly outgoing: Outgoing;
  readonly participants: Participants;
}

export const GROUP_SIZE_LIMIT = 1024;

export class Groups {
  readonly #parts: Parts;
  readonly #byId;
  readonly #ofAccount;
  readonly #insert;
  readonly #update;
  readonly #deleteRequest;

  constructor(parts: Parts) {
    const { store } = parts;
    this.#parts = parts;
    this.#byId = store.one<GroupRow>("SELECT * FROM groups WHERE id = ?");
    this.#ofAccount = store.all<GroupRow>(
      `SELECT g.* FROM groups g JOIN participants p ON p.group_id = g.id WHERE p.account = ?
       ORDER BY g.created_at, g.id`,
    );
    this.#insert = store.run(
      "INSERT INTO groups (id, tenant, name, owner, created_at, invite) VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#update = store.run(
      "UPDATE groups SET name = ?, description = ?, announce = ?, locked = ?, join_approval = ? WHERE id = ?",
    );
    this.#deleteRequest = store.run("DELETE FROM join_requests WHERE group_id = ? AND account = ?");
  }

  /** The ids of all members, when the account may write in the group; throws a refusal otherwise. */
  audienceOf(account: Account, groupId: string): string[] {
    const group = this.#requireMember(account, groupId);
    if (group.announce === 1 && !this.isAdmin(account, groupId))
      throw new Refusal("not_admin", "only admins may send in this group");
    return this.#parts.participants.of(groupId).map((row) => row.account);
  }

  isAdmin(account: Account, groupId: string): boolean {
    return this.#parts.participants.isAdmin(groupId, account.id);
  }

  /** The name of a group that the account is in; null when it is not. */
  nameOf(account: Account, groupId: string): string | null {
    return this.#parts.participants.has(groupId, account.id) ? (this.#byId(groupId)?.name ?? null) : null;
  }

  of(account: Account): WireGroup[] {
    return this.#ofAccount(account.id).map((row) => this.#toWire(row));
  }

  create(account: Account, name: string, invited: readonly string[]): GroupAndResults {
    const id = `1203630${String(randomInt(1e11, 1e12))}@g.us`;
    this.#insert(id, account.tenant, name, account.id, this.#parts.clock.now(), createInviteCode());
    this.#parts.participants.add(id, account.id, true);
    const results = this.#addParticipants(account, id, invited);
    const group = this.read(id);
    this.#notify(group, { type: "group", change: "created", group });
    return { group, results };
  }

  changeParticipants(
    account: Account,
    input: { groupId: string; action: "add" | "remove" | "promote" | "demote"; participants: readonly string[] },
  ): GroupAndResults {
    const { groupId, action } = input;
    this.requireAdmin(account, groupId);
    const before = this.read(groupId);
    const results =
      action === "add"
        ? this.#addParticipants(account, groupId, input.participants)
        : input.participants.map((id) => this.#changeParticipant(account, groupId, action, id));
    this.notifyOfParticipants(before, action, acceptedIds(results), account.id);
    return { group: this.read(groupId), results };
  }

  #changeParticipant(
    account: Account,
    groupId: string,
    action: "remove" | "promote" | "demote",
    requested: string,
  ): WireParticipantResult {
    const { accounts, participants } = this.#parts;
    const id = accounts.find(account.tenant, requested)?.id;
    if (id === undefined || !participants.has(groupId, id)) return { id: id ?? requested, code: 404 };
    if (action === "remove") participants.remove(groupId, id);
    else if (!participants.setAdmin(groupId, id, action === "promote")) return { id, code: 409 };
    return { id, code: 200 };
  }

  /** Adds those who can be added, and returns a result for each. */
  #addParticipants(account: Account, groupId: string, requested: readonly string[]): WireParticipantResult[] {
    const { accounts, blocks, participants } = this.#parts;
    let freeSlots = GROUP_SIZE_LIMIT - participants.of(groupId).length;
    return requested.map((id) => {
      const found = accounts.find(account.tenant, id);
      if (found === undefined) return { id, code: 404 };
      if (participants.has(groupId, found.id)) return { id: found.id, code: 409 };
      if (freeSlots <= 0) return { id: found.id, code: 419 };
      if (blocks.has(found.id, account.id)) return { id: found.id, code: 403 };
      if (!this.#mayAdd(account, found)) return { id: found.id, code: 403, invite: this.#byId(groupId)!.invite };
      participants.add(groupId, found.id, false);
      this.#deleteRequest(groupId, found.id);
      freeSlots--;
      return { id: found.id, code: 200 };
    });
  }

  /** With the privacy setting "contacts", only people whom the phone has written to may add it. */
  #mayAdd(adder: Account, added: Account): boolean {
    return added.groups_privacy === "all" || this.#parts.copies.hasWritten(added.id, adder.id);
  }

  /** Admins alone may change settings, and anything in a locked group. */
  update(account: Account, groupId: string, change: GroupChange): WireGroup {
    const row = this.#requireMember(account, groupId);
    const settings = change.announce !== undefined || change.locked !== undefined || change.joinApproval !== undefined;
    if (row.locked === 1 || settings) this.requireAdmin(account, groupId);
    const flag = (value: boolean | undefined, present: 0 | 1): number =>
      value === undefined ? present : Number(value);
    this.#update(
      change.name ?? row.name,
      change.description ?? row.description,
      flag(change.announce, row.announce),
      flag(change.locked, row.locked),
      flag(change.joinApproval, row.join_approval),
      groupId,
    );
    const group = this.read(groupId);
    this.#notify(group, { type: "group", change: "updated", group });
    return group;
  }

  /** When the last admin leaves, the member who joined first becomes admin. */
  leave(account: Account, groupId: string): void {
    const { participants } = this.#parts;
    this.#requireMember(account, groupId);
    const before = this.read(groupId);
    participants.remove(groupId, account.id);
    const remaining = participants.of(groupId);
    const successor = remaining.some((row) => row.admin === 1) ? undefined : remaining[0]?.account;
    if (successor !== undefined) participants.setAdmin(groupId, successor, true);
    this.notifyOfParticipants(before, "leave", [account.id], account.id);
    if (successor !== undefined) this.notifyOfParticipants(this.read(groupId), "promote", [successor], null);
  }

  #requireMember(account: Account, groupId: string): GroupRow {
    const group = this.#byId(groupId);
    if (group === undefined || !this.#parts.participants.has(groupId, account.id))
      throw new Refusal("not_in_group", `${account.id} is not in ${groupId}`);
    return group;
  }

  /** The group, when the account is one of its admins; throws a refusal otherwise. */
  requireAdmin(account: Account, groupId: string): GroupRow {
    const group = this.#requireMember(account, groupId);
    if (!this.isAdmin(account, groupId)) throw new Refusal("not_admin", `${account.id} is not an admin of ${groupId}`);
    return group;
  }

  read(groupId: string): WireGroup {
    const row = this.#byId(groupId);
    if (row === undefined) throw new Error(`group ${groupId} no longer exists`);
    return this.#toWire(row);
  }

  #toWire(row: GroupRow): WireGroup {
    return {
      id: row.id,
      name: row.name,
      description: row.description,
      owner: row.owner,
      createdAt: row.created_at,
      participants: this.#parts.participants.of(row.id).map(({ account, admin }) => ({
        id: account,
        admin: admin === 1,
      })),
      announce: row.announce === 1,
      locked: row.locked === 1,
      joinApproval: row.join_approval === 1,
    };
  }

  #notify(group: WireGroup, event: DurableEvent): void {
    for (const { id } of group.participants) this.#parts.outgoing.event(this.#parts.accounts.get(id), event);
  }

  /**
   * Notifies the members before and after the change, so that someone who was removed is notified too. `by` is the
   * member who made the change, null when it was automatic.
   */
  notifyOfParticipants(before: WireGroup, action: Action, who: string[], by: string | null): void {
    if (who.length === 0) return;
    const group = this.read(before.id);
    const audience = new Set([...before.participants, ...group.participants].map((participant) => participant.id));
    for (const id of audience)
      this.#parts.outgoing.event(this.#parts.accounts.get(id), {
        type: "participants",
        groupId: group.id,
        action,
        who,
        by,
        group,
      });
  }
}

export function createInviteCode(): string {
  return randomBytes(16).toString("base64url");
}

export function acceptedIds(results: readonly WireParticipantResult[]): string[] {
  return results.filter((result) => result.code === 200).map((result) => result.id);
}
