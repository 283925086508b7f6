/** Communities: a parent of groups, with a group for announcements in which everyone of the linked groups is. */
import type { WireGroup } from "../contracts/sandbox-wire.ts";
import type { Account } from "./accounts.ts";
import type { GroupRow, Groups } from "./groups.ts";
import type { Participants } from "./participants.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

export class Communities {
  readonly #groups: Groups;
  readonly #participants: Participants;
  readonly #children;
  readonly #setParent;
  readonly #delete;

  constructor(store: Store, groups: Groups, participants: Participants) {
    this.#groups = groups;
    this.#participants = participants;
    this.#children = store.all<GroupRow>("SELECT * FROM groups WHERE parent = ? ORDER BY created_at, id");
    this.#setParent = store.run("UPDATE groups SET parent = ? WHERE id = ?");
    this.#delete = store.run("DELETE FROM groups WHERE id = ?");
  }

  create(account: Account, name: string, description: string): { community: WireGroup; announcements: WireGroup } {
    const community = this.#groups.found(account, { name, description, kind: "community", parent: null });
    const announcements = this.#groups.found(account, {
      name,
      description,
      kind: "announcements",
      parent: community.id,
    });
    return { community, announcements };
  }

  /** Links groups of which the account is an admin, or takes groups out; those that it may not are failed. */
  link(
    account: Account,
    input: { communityId: string; groups: readonly string[]; link: boolean },
  ): { done: string[]; failed: string[] } {
    this.#requireAdmin(account, input.communityId);
    const isDone = (id: string): boolean =>
      input.link ? this.#add(account, input.communityId, id) : this.#remove(input.communityId, id);
    const results = input.groups.map((id) => ({ id, done: isDone(id) }));
    return {
      done: results.filter(({ done }) => done).map(({ id }) => id),
      failed: results.filter(({ done }) => !done).map(({ id }) => id),
    };
  }

  #add(account: Account, communityId: string, id: string): boolean {
    const group = this.#groups.row(id);
    if (group?.kind !== "group" || group.parent !== null || !this.#groups.isAdmin(account, id)) return false;
    this.#setParent(communityId, id);
    const members = this.#participants.of(id).map((row) => row.account);
    const announcements = this.#children(communityId).find(({ kind }) => kind === "announcements");
    for (const target of [communityId, announcements?.id]) {
      if (target === undefined) continue;
      const before = this.#groups.read(target);
      const added = members.filter((member) => !this.#participants.has(target, member));
      for (const member of added) this.#participants.add(target, member, false);
      this.#groups.notifyOfParticipants(before, "add", added, account.id);
    }
    this.#groups.announce(id);
    return true;
  }

  #remove(communityId: string, id: string): boolean {
    const group = this.#groups.row(id);
    if (group?.parent !== communityId || group.kind !== "group") return false;
    this.#setParent(null, id);
    this.#groups.announce(id);
    return true;
  }

  /** Ends the community; its groups go on without it. */
  deactivate(account: Account, communityId: string): void {
    this.#requireAdmin(account, communityId);
    const children = this.#children(communityId);
    for (const { id, kind } of children) if (kind === "group") this.#remove(communityId, id);
    for (const id of [...children.filter(({ kind }) => kind === "announcements").map((row) => row.id), communityId]) {
      const before = this.#groups.read(id);
      const members = before.participants.map((participant) => participant.id);
      for (const member of members) this.#participants.remove(id, member);
      this.#groups.notifyOfParticipants(before, "remove", members, account.id);
      this.#delete(id);
    }
  }

  #requireAdmin(account: Account, communityId: string): void {
    const { kind } = this.#groups.requireAdmin(account, communityId);
    if (kind !== "community") throw new Refusal("invalid", `${communityId} is not a community`);
  }
}
