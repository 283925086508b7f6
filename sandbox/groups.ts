/** Groups: who is in them and who may do what. The devices of all members are notified of every change. */
import { randomBytes, randomInt } from "node:crypto";
import type { DurableEvent, WireGroup, WireParticipantResult } from "../contracts/sandbox-wire.ts";
import type { Account } from "./accounts.ts";
import type { Clock } from "./clock.ts";
import { GroupAdditions, type AdditionParts } from "./group-additions.ts";
import type { Outgoing } from "./outgoing.ts";
import { Refusal } from "./refusal.ts";

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
  readonly member_add: 0 | 1;
  readonly invite: string;
  readonly kind: WireGroup["kind"];
  readonly parent: string | null;
  /** Seconds; 0 for never. */
  readonly ephemeral: number;
}

type Action = Extract<DurableEvent, { type: "participants" }>["action"];
type GroupAndResults = { group: WireGroup; results: WireParticipantResult[] };

export interface GroupChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly announce?: boolean | undefined;
  readonly locked?: boolean | undefined;
  readonly joinApproval?: boolean | undefined;
  readonly memberAdd?: boolean | undefined;
  readonly ephemeral?: number | undefined;
}

/** What a new group, or part of a community, starts with. */
interface NewGroup {
  readonly name: string;
  readonly description: string | null;
  readonly kind: WireGroup["kind"];
  readonly parent: string | null;
}

interface Parts extends AdditionParts {
  readonly clock: Clock;
  readonly outgoing: Outgoing;
}

export class Groups {
  readonly #parts: Parts;
  readonly #byId;
  readonly #ofAccount;
  readonly #insert;
  readonly #update;
  readonly #additions;

  constructor(parts: Parts) {
    const { store } = parts;
    this.#parts = parts;
    this.#byId = store.one<GroupRow>("SELECT * FROM groups WHERE id = ?");
    this.#ofAccount = store.all<GroupRow>(
      `SELECT g.* FROM groups g JOIN participants p ON p.group_id = g.id WHERE p.account = ?
       ORDER BY g.created_at, g.id`,
    );
    this.#insert = store.run(
      `INSERT INTO groups (id, tenant, name, description, owner, created_at, announce, invite, kind, parent)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = store.run(
      `UPDATE groups SET name = ?, description = ?, announce = ?, locked = ?, join_approval = ?, member_add = ?, ephemeral = ?
       WHERE id = ?`,
    );
    this.#additions = new GroupAdditions(parts);
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

  create(account: Account, name: string, invited: readonly string[], parent?: string): GroupAndResults {
    if (parent !== undefined && this.requireAdmin(account, parent).kind !== "community")
      throw new Refusal("invalid", `${parent} is not a community`);
    const id = this.#insertNew(account, { name, description: null, kind: "group", parent: parent ?? null });
    const results = this.#additions.add(account, this.#byId(id)!, invited);
    return { group: this.announce(id, "created"), results };
  }

  /** Creates a part of a community, in which only the account is. */
  found(account: Account, given: NewGroup): WireGroup {
    return this.announce(this.#insertNew(account, given), "created");
  }

  /** Ids have 18 digits, as those of WhatsApp. */
  #insertNew(account: Account, { name, description, kind, parent }: NewGroup): string {
    const id = `120363${String(randomInt(1e12)).padStart(12, "0")}@g.us`;
    const { clock, participants } = this.#parts;
    const announce = kind === "group" ? 0 : 1;
    const { id: owner, tenant } = account;
    const invite = createInviteCode();
    this.#insert(id, tenant, name, description, owner, clock.now(), announce, invite, kind, parent);
    participants.add(id, account.id, true);
    return id;
  }

  /** Tells all members how the group is now. */
  announce(groupId: string, change: "created" | "updated" = "updated"): WireGroup {
    const group = this.read(groupId);
    this.#notify(group, { type: "group", change, group });
    return group;
  }

  row(groupId: string): GroupRow | undefined {
    return this.#byId(groupId);
  }

  /** After how many seconds messages of the group disappear; 0 for never. */
  ephemeralOf(groupId: string): number {
    return this.#byId(groupId)?.ephemeral ?? 0;
  }

  pastParticipants(account: Account, groupId: string): { id: string; at: number; removed: boolean }[] {
    this.#requireMember(account, groupId);
    const past = this.#parts.participants.past(groupId);
    return past.map(({ account: id, at, removed }) => ({ id, at, removed: removed === 1 }));
  }

  /** Throws a refusal when the account may not change the group's name and picture. */
  requireEditor(account: Account, groupId: string): void {
    if (this.#requireMember(account, groupId).locked === 1) this.requireAdmin(account, groupId);
  }

  changeParticipants(
    account: Account,
    input: { groupId: string; action: "add" | "remove" | "promote" | "demote"; participants: readonly string[] },
  ): GroupAndResults {
    const { groupId, action } = input;
    const member = this.#requireMember(account, groupId);
    const group = action === "add" && member.member_add === 1 ? member : this.requireAdmin(account, groupId);
    const before = this.read(groupId);
    const results =
      action === "add"
        ? this.#additions.add(account, group, input.participants)
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
    if (action === "remove") {
      participants.remove(groupId, id);
      participants.remember(groupId, id, this.#parts.clock.now(), true);
    } else if (!participants.setAdmin(groupId, id, action === "promote")) return { id, code: 409 };
    return { id, code: 200 };
  }

  /** Admins alone may change settings, and anything in a locked group. */
  update(account: Account, groupId: string, change: GroupChange): WireGroup {
    const row = this.#requireMember(account, groupId);
    const { announce, locked, joinApproval, memberAdd } = change;
    const isSetting = [announce, locked, joinApproval, memberAdd].some((value) => value !== undefined);
    if (row.locked === 1 || isSetting) this.requireAdmin(account, groupId);
    const flag = (value: boolean | undefined, present: 0 | 1): number =>
      value === undefined ? present : Number(value);
    this.#update(
      change.name ?? row.name,
      change.description ?? row.description,
      flag(announce, row.announce),
      flag(locked, row.locked),
      flag(joinApproval, row.join_approval),
      flag(memberAdd, row.member_add),
      change.ephemeral ?? row.ephemeral,
      groupId,
    );
    return this.announce(groupId);
  }

  /** When the last admin leaves, the member who joined first becomes admin. */
  leave(account: Account, groupId: string): void {
    const { participants } = this.#parts;
    this.#requireMember(account, groupId);
    const before = this.read(groupId);
    participants.remove(groupId, account.id);
    participants.remember(groupId, account.id, this.#parts.clock.now(), false);
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
      memberAdd: row.member_add === 1,
      kind: row.kind,
      parent: row.parent,
      ephemeral: row.ephemeral,
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
