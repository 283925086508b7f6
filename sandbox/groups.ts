/** Groups: who is in them, who may do what, and how one gets in. Every change is told to the devices of all members. */
import { randomBytes, randomInt } from "node:crypto";
import type { DurableEvent, WireGroup, WireParticipantResult } from "../contracts/sandbox-wire.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Blocks } from "./blocks.ts";
import type { Clock } from "./clock.ts";
import type { Outgoing } from "./outgoing.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

interface GroupRow {
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
  readonly outgoing: Outgoing;
}

const GROUP_SIZE_LIMIT = 1024;

export class Groups {
  readonly #parts: Parts;
  readonly #byId;
  readonly #byInvite;
  readonly #ofAccount;
  readonly #insert;
  readonly #update;
  readonly #setInvite;
  readonly #participants;
  readonly #participant;
  readonly #join;
  readonly #leave;
  readonly #setAdmin;
  readonly #requests;
  readonly #addRequest;
  readonly #dropRequest;

  constructor(parts: Parts) {
    const { store } = parts;
    this.#parts = parts;
    this.#byId = store.one<GroupRow>("SELECT * FROM groups WHERE id = ?");
    this.#byInvite = store.one<GroupRow>("SELECT * FROM groups WHERE invite = ? AND tenant = ?");
    this.#ofAccount = store.all<GroupRow>(
      "SELECT g.* FROM groups g JOIN participants p ON p.group_id = g.id WHERE p.account = ? ORDER BY g.created_at, g.id",
    );
    this.#insert = store.run(
      "INSERT INTO groups (id, tenant, name, owner, created_at, invite) VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#update = store.run(
      "UPDATE groups SET name = ?, description = ?, announce = ?, locked = ?, join_approval = ? WHERE id = ?",
    );
    this.#setInvite = store.run("UPDATE groups SET invite = ? WHERE id = ?");
    this.#participants = store.all<{ account: string; admin: 0 | 1 }>(
      "SELECT account, admin FROM participants WHERE group_id = ? ORDER BY n",
    );
    this.#participant = store.one<{ admin: 0 | 1 }>(
      "SELECT admin FROM participants WHERE group_id = ? AND account = ?",
    );
    this.#join = store.run(
      "INSERT INTO participants SELECT ?1, ?2, ?3, coalesce(max(n), 0) + 1 FROM participants WHERE group_id = ?1 ON CONFLICT DO NOTHING",
    );
    this.#leave = store.run("DELETE FROM participants WHERE group_id = ? AND account = ?");
    this.#setAdmin = store.run(
      "UPDATE participants SET admin = ?1 WHERE group_id = ?2 AND account = ?3 AND admin <> ?1",
    );
    this.#requests = store.all<{ account: string; at: number }>(
      "SELECT account, at FROM join_requests WHERE group_id = ? ORDER BY at",
    );
    this.#addRequest = store.run("INSERT INTO join_requests VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
    this.#dropRequest = store.run("DELETE FROM join_requests WHERE group_id = ? AND account = ?");
  }

  /** The members' ids; refuses one who is not among them. */
  membersFor(account: Account, groupId: string): string[] {
    this.#requireMember(account, groupId);
    return this.#participants(groupId).map((row) => row.account);
  }

  /** The members' ids, when the account may write in the group. */
  audienceOf(account: Account, groupId: string): string[] {
    const group = this.#requireMember(account, groupId);
    if (group.announce === 1 && !this.isAdmin(account, groupId))
      throw new Refusal("not_admin", "only admins may send in this group");
    return this.#participants(groupId).map((row) => row.account);
  }

  isAdmin(account: Account, groupId: string): boolean {
    return this.#participant(groupId, account.id)?.admin === 1;
  }

  /** The name of a group that the account is in. */
  nameOf(account: Account, groupId: string): string | null {
    return this.#participant(groupId, account.id) === undefined ? null : (this.#byId(groupId)?.name ?? null);
  }

  of(account: Account): WireGroup[] {
    return this.#ofAccount(account.id).map((row) => this.#toWire(row));
  }

  create(
    account: Account,
    name: string,
    wanted: readonly string[],
  ): { group: WireGroup; results: WireParticipantResult[] } {
    const id = `1203630${String(randomInt(1e11, 1e12))}@g.us`;
    this.#insert(id, account.tenant, name, account.id, this.#parts.clock.now(), randomBytes(16).toString("base64url"));
    this.#join(id, account.id, 1);
    const results = this.#admit(account, id, wanted);
    const group = this.#read(id);
    this.#tell(group, { type: "group", change: "created", group });
    return { group, results };
  }

  changeParticipants(
    account: Account,
    input: { groupId: string; action: "add" | "remove" | "promote" | "demote"; participants: readonly string[] },
  ): { group: WireGroup; results: WireParticipantResult[] } {
    const { groupId, action } = input;
    this.#requireAdmin(account, groupId);
    const before = this.#read(groupId);
    const results =
      action === "add"
        ? this.#admit(account, groupId, input.participants)
        : input.participants.map((id) => this.#changeOne(account, groupId, action, id));
    this.#tellParticipants(before, action, accepted(results), account.id);
    return { group: this.#read(groupId), results };
  }

  #changeOne(
    account: Account,
    groupId: string,
    action: "remove" | "promote" | "demote",
    wanted: string,
  ): WireParticipantResult {
    const id = this.#parts.accounts.find(account.tenant, wanted)?.id;
    if (id === undefined || this.#participant(groupId, id) === undefined) return { id: id ?? wanted, code: 404 };
    if (action === "remove") this.#leave(groupId, id);
    else if (this.#setAdmin(action === "promote" ? 1 : 0, groupId, id) === 0) return { id, code: 409 };
    return { id, code: 200 };
  }

  /** Adds those who can be added, and says of each how it went. */
  #admit(account: Account, groupId: string, wanted: readonly string[]): WireParticipantResult[] {
    let room = GROUP_SIZE_LIMIT - this.#participants(groupId).length;
    return wanted.map((id) => {
      const found = this.#parts.accounts.find(account.tenant, id);
      if (found === undefined) return { id, code: 404 };
      if (this.#participant(groupId, found.id) !== undefined) return { id: found.id, code: 409 };
      if (room <= 0 || this.#parts.blocks.has(found.id, account.id)) return { id: found.id, code: 403 };
      this.#join(groupId, found.id, 0);
      this.#dropRequest(groupId, found.id);
      room--;
      return { id: found.id, code: 200 };
    });
  }

  update(account: Account, groupId: string, change: GroupChange): WireGroup {
    const row = this.#requireMember(account, groupId);
    const settings = change.announce !== undefined || change.locked !== undefined || change.joinApproval !== undefined;
    if (row.locked === 1 || settings) this.#requireAdmin(account, groupId);
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
    const group = this.#read(groupId);
    this.#tell(group, { type: "group", change: "updated", group });
    return group;
  }

  /** When the last admin leaves, the longest member becomes one. */
  leave(account: Account, groupId: string): void {
    this.#requireMember(account, groupId);
    const before = this.#read(groupId);
    this.#leave(groupId, account.id);
    const left = this.#participants(groupId);
    const heir = left.some((row) => row.admin === 1) ? undefined : left[0]?.account;
    if (heir !== undefined) this.#setAdmin(1, groupId, heir);
    this.#tellParticipants(before, "leave", [account.id], account.id);
    if (heir !== undefined) this.#tellParticipants(this.#read(groupId), "promote", [heir], null);
  }

  invite(account: Account, groupId: string, revoke: boolean): string {
    const group = this.#requireAdmin(account, groupId);
    if (!revoke) return group.invite;
    const code = randomBytes(16).toString("base64url");
    this.#setInvite(code, groupId);
    return code;
  }

  inviteInfo(account: Account, code: string): { groupId: string; name: string } {
    const group = this.#requireInvited(account, code);
    return { groupId: group.id, name: group.name };
  }

  join(account: Account, code: string): { groupId: string; pending: boolean } {
    const group = this.#requireInvited(account, code);
    if (this.#participant(group.id, account.id) !== undefined) return { groupId: group.id, pending: false };
    if (group.join_approval === 1) {
      this.#addRequest(group.id, account.id, this.#parts.clock.now());
      return { groupId: group.id, pending: true };
    }
    if (this.#participants(group.id).length >= GROUP_SIZE_LIMIT) throw new Refusal("refused", "the group is full");
    this.#join(group.id, account.id, 0);
    this.#tellParticipants(this.#read(group.id), "add", [account.id], null);
    return { groupId: group.id, pending: false };
  }

  joinRequests(account: Account, groupId: string): { id: string; at: number }[] {
    this.#requireAdmin(account, groupId);
    return this.#requests(groupId).map((row) => ({ id: row.account, at: row.at }));
  }

  answerJoinRequests(
    account: Account,
    input: { groupId: string; participants: readonly string[]; approve: boolean },
  ): WireParticipantResult[] {
    this.#requireAdmin(account, input.groupId);
    const results = input.participants.map((wanted) => {
      const id = this.#parts.accounts.find(account.tenant, wanted)?.id;
      if (id === undefined || this.#dropRequest(input.groupId, id) === 0) return { id: id ?? wanted, code: 404 };
      if (input.approve) this.#join(input.groupId, id, 0);
      return { id, code: 200 };
    });
    if (input.approve) this.#tellParticipants(this.#read(input.groupId), "add", accepted(results), account.id);
    return results;
  }

  #requireMember(account: Account, groupId: string): GroupRow {
    const group = this.#byId(groupId);
    if (group === undefined || this.#participant(groupId, account.id) === undefined)
      throw new Refusal("not_in_group", `${account.id} is not in ${groupId}`);
    return group;
  }

  #requireAdmin(account: Account, groupId: string): GroupRow {
    const group = this.#requireMember(account, groupId);
    if (!this.isAdmin(account, groupId)) throw new Refusal("not_admin", `${account.id} is not an admin of ${groupId}`);
    return group;
  }

  #requireInvited(account: Account, code: string): GroupRow {
    const group = this.#byInvite(code, account.tenant);
    if (group === undefined) throw new Refusal("target_not_found", "the invite is not valid");
    return group;
  }

  #read(groupId: string): WireGroup {
    const row = this.#byId(groupId);
    if (row === undefined) throw new Error(`group ${groupId} is gone`);
    return this.#toWire(row);
  }

  #toWire(row: GroupRow): WireGroup {
    return {
      id: row.id,
      name: row.name,
      description: row.description,
      owner: row.owner,
      createdAt: row.created_at,
      participants: this.#participants(row.id).map((participant) => ({
        id: participant.account,
        admin: participant.admin === 1,
      })),
      announce: row.announce === 1,
      locked: row.locked === 1,
      joinApproval: row.join_approval === 1,
    };
  }

  #tell(group: WireGroup, event: DurableEvent): void {
    for (const { id } of group.participants) this.#parts.outgoing.event(this.#parts.accounts.get(id), event);
  }

  /** Those who were in it before are told too: one who was removed must hear of it. */
  #tellParticipants(before: WireGroup, action: Action, who: string[], by: string | null): void {
    if (who.length === 0) return;
    const group = this.#read(before.id);
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

function accepted(results: readonly WireParticipantResult[]): string[] {
  return results.filter((result) => result.code === 200).map((result) => result.id);
}
