/** Adds people to groups: whom a member may add, and what the others get instead. */
import type { WireParticipantResult } from "../contracts/sandbox-wire.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Blocks } from "./blocks.ts";
import type { Copies } from "./copies.ts";
import type { Participants } from "./participants.ts";
import type { Privacy } from "./privacy.ts";
import type { Store } from "./store.ts";

export interface AdditionParts {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly blocks: Blocks;
  readonly copies: Copies;
  readonly participants: Participants;
  readonly privacy: Privacy;
}

export const GROUP_SIZE_LIMIT = 1024;

export class GroupAdditions {
  readonly #parts: AdditionParts;
  readonly #deleteRequest;

  constructor(parts: AdditionParts) {
    this.#parts = parts;
    this.#deleteRequest = parts.store.run("DELETE FROM join_requests WHERE group_id = ? AND account = ?");
  }

  /** Adds those who can be added, and returns a result for each. */
  add(
    account: Account,
    group: { readonly id: string; readonly invite: string },
    requested: readonly string[],
  ): WireParticipantResult[] {
    const { accounts, blocks, participants } = this.#parts;
    let freeSlots = GROUP_SIZE_LIMIT - participants.of(group.id).length;
    return requested.map((id) => {
      const found = accounts.find(account.tenant, id);
      if (found === undefined) return { id, code: 404 };
      if (participants.has(group.id, found.id)) return { id: found.id, code: 409 };
      if (freeSlots <= 0) return { id: found.id, code: 419 };
      if (blocks.has(found.id, account.id)) return { id: found.id, code: 403 };
      if (!this.#mayAdd(account, found)) return { id: found.id, code: 403, invite: group.invite };
      participants.add(group.id, found.id, false);
      this.#deleteRequest(group.id, found.id);
      freeSlots--;
      return { id: found.id, code: 200 };
    });
  }

  /** With the privacy setting "contacts", only people whom the phone has written to may add it. */
  #mayAdd(adder: Account, added: Account): boolean {
    const { copies, privacy } = this.#parts;
    if (added.groups_privacy === "contacts") return copies.hasWritten(added.id, adder.id);
    return privacy.allows(added.id, adder.id, "groupAdd");
  }
}
