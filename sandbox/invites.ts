/** Invites to groups: the code, joining by it, and the requests of those who wait for an admin's approval. */
import type { WireGroup, WireParticipantResult } from "../contracts/sandbox-wire.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Clock } from "./clock.ts";
import { GROUP_SIZE_LIMIT } from "./group-additions.ts";
import { acceptedIds, createInviteCode, type GroupRow, type Groups } from "./groups.ts";
import type { Participants } from "./participants.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly groups: Groups;
  readonly participants: Participants;
}

export class Invites {
  readonly #parts: Parts;
  readonly #groupByCode;
  readonly #setCode;
  readonly #requests;
  readonly #insertRequest;
  readonly #deleteRequest;

  constructor(parts: Parts) {
    const { store } = parts;
    this.#parts = parts;
    this.#groupByCode = store.one<GroupRow>("SELECT * FROM groups WHERE invite = ? AND tenant = ?");
    this.#setCode = store.run("UPDATE groups SET invite = ? WHERE id = ?");
    this.#requests = store.all<{ account: string; at: number }>(
      "SELECT account, at FROM join_requests WHERE group_id = ? ORDER BY at",
    );
    this.#insertRequest = store.run("INSERT INTO join_requests VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
    this.#deleteRequest = store.run("DELETE FROM join_requests WHERE group_id = ? AND account = ?");
  }

  /** The invite code of the group; with `revoke` a new one, and the old code is void. Admins only. */
  code(account: Account, groupId: string, revoke: boolean): string {
    const group = this.#parts.groups.requireAdmin(account, groupId);
    if (!revoke) return group.invite;
    const code = createInviteCode();
    this.#setCode(code, groupId);
    return code;
  }

  info(account: Account, code: string): { groupId: string; name: string; group: WireGroup } {
    const { id, name } = this.#requireGroup(account, code);
    return { groupId: id, name, group: this.#parts.groups.read(id) };
  }

  /** Joins the group, or files a request where an admin must approve. */
  join(account: Account, code: string): { groupId: string; pending: boolean } {
    const { clock, groups, participants } = this.#parts;
    const group = this.#requireGroup(account, code);
    if (participants.has(group.id, account.id)) return { groupId: group.id, pending: false };
    if (group.join_approval === 1) {
      this.#insertRequest(group.id, account.id, clock.now());
      return { groupId: group.id, pending: true };
    }
    if (participants.of(group.id).length >= GROUP_SIZE_LIMIT) throw new Refusal("refused", "the group is full");
    participants.add(group.id, account.id, false);
    groups.notifyOfParticipants(groups.read(group.id), "add", [account.id], null);
    return { groupId: group.id, pending: false };
  }

  requests(account: Account, groupId: string): { id: string; at: number }[] {
    this.#parts.groups.requireAdmin(account, groupId);
    return this.#requests(groupId).map((row) => ({ id: row.account, at: row.at }));
  }

  answerRequests(
    account: Account,
    input: { groupId: string; participants: readonly string[]; approve: boolean },
  ): WireParticipantResult[] {
    const { accounts, groups, participants } = this.#parts;
    groups.requireAdmin(account, input.groupId);
    const results = input.participants.map((requested) => {
      const id = accounts.find(account.tenant, requested)?.id;
      if (id === undefined || this.#deleteRequest(input.groupId, id) === 0) return { id: id ?? requested, code: 404 };
      if (input.approve) participants.add(input.groupId, id, false);
      return { id, code: 200 };
    });
    if (input.approve) groups.notifyOfParticipants(groups.read(input.groupId), "add", acceptedIds(results), account.id);
    return results;
  }

  #requireGroup(account: Account, code: string): GroupRow {
    const group = this.#groupByCode(code, account.tenant);
    if (group === undefined) throw new Refusal("target_not_found", "the invite is not valid");
    return group;
  }
}
