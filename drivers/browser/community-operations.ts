/** Operations on communities. */
import { z } from "zod";
import { DriverError } from "../../contracts/transport.ts";
import type { CommunityOperations, LinkResult } from "../operations/communities.ts";
import { readGroup } from "./group-reader.ts";
import type { Handlers } from "./handlers.ts";
import { requireMember } from "./membership.ts";
import { Serialized } from "./shapes.ts";

const Nothing = z.unknown();
const CREATE_WITHIN_MS = 30_000;
const Linked = z.object({
  linkedGroupJids: z.array(Serialized).nullish(),
  failedGroups: z.array(z.object({ jid: Serialized })).nullish(),
});
const Created = z.object({ wid: Serialized, subGroups: Linked.nullish() });

function toResult(groups: readonly string[], linked: z.infer<typeof Linked> | null | undefined): LinkResult {
  const done = (linked?.linkedGroupJids ?? []).filter((id) => groups.includes(id));
  return { done, failed: groups.filter((id) => !done.includes(id)) };
}

export const COMMUNITY_HANDLERS: Pick<Handlers, keyof CommunityOperations> = {
  createCommunity: async ({ page, addresses }, given) => {
    const { wid, subGroups } = await page.run(
      Created,
      ({ name, description, groups }) => WPP.community.create(name, description, [...groups]),
      given,
      CREATE_WITHIN_MS,
    );
    const community = await readGroup(page, addresses, wid);
    if (community === null) throw new DriverError("unknown", "the community cannot be read after it was created");
    return { community, results: toResult(given.groups, subGroups) };
  },
  linkGroups: async ({ page }, given) => {
    await requireMember(page, given.groupId, true);
    const linked = await page.run(
      Linked,
      ({ groupId, groups, link }) =>
        link ? WPP.community.addSubgroups(groupId, [...groups]) : WPP.community.removeSubgroups(groupId, [...groups]),
      given,
      CREATE_WITHIN_MS,
    );
    return toResult(given.groups, linked);
  },
  deactivateCommunity: async ({ page }, { groupId }) => {
    await requireMember(page, groupId, true);
    await page.run(Nothing, (id) => WPP.community.deactivate(id), groupId);
  },
};
