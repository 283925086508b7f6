/** Operations on communities. */
import type { CommunityOperations } from "../operations/communities.ts";
import type { AddressBook } from "./address-book.ts";
import { toGroupInfo } from "./events.ts";
import type { Request } from "./requests.ts";

const NONE = { done: [], failed: [] };

export function communityOperations(request: Request, people: AddressBook): CommunityOperations {
  return {
    createCommunity: async ({ name, description, groups }) => {
      const { community } = await request("createCommunity", { name, description });
      const link = { communityId: community.id, groups: [...groups], link: true };
      const results = groups.length === 0 ? NONE : await request("linkGroups", link);
      return { community: toGroupInfo(community, people), results };
    },
    linkGroups: ({ groupId: communityId, groups, link }) =>
      request("linkGroups", { communityId, groups: [...groups], link }),
    deactivateCommunity: async ({ groupId: communityId }) => {
      await request("deactivateCommunity", { communityId });
    },
  };
}
