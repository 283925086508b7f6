/** The operations on communities. They are listed among the groups, with their groups. */
import type { GroupInfo } from "../events.ts";

/** What became of each group; `failed` are those that the account may not link, or that are not in the community. */
export interface LinkResult {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

/**
 * All that change a community are rejected with `not_group_member` when the account is not in it, and with
 * `group_admin_only` when it is not one of its admins.
 */
export interface CommunityOperations {
  /** NOT idempotent: after `unknown` there may be a community. Groups that cannot be linked are reported. */
  createCommunity(input: {
    name: string;
    description: string;
    groups: readonly string[];
  }): Promise<{ readonly community: GroupInfo; readonly results: LinkResult }>;

  /** Links groups to the community, or takes them out of it. */
  linkGroups(input: { groupId: string; groups: readonly string[]; link: boolean }): Promise<LinkResult>;

  /** Ends the community; its groups go on without it. */
  deactivateCommunity(input: { groupId: string }): Promise<void>;
}
