/** Communities: groups under a parent, with a group for announcements. */
import { storeGroup } from "./group-actions.ts";
import { GroupMetadataCollection } from "./group-models.ts";
import { me } from "./me.ts";
import { define } from "./loader.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

interface NewCommunity {
  name: string;
  desc: string;
}

async function sendCreateCommunity({ name, desc }: NewCommunity): Promise<{ wid: Wid }> {
  const { community, announcements } = await ask("createCommunity", { name, description: desc });
  await storeGroup(community);
  await storeGroup(announcements);
  return { wid: createWid(community.id) };
}

interface Linking {
  parentGroupId: Wid;
  subgroupIds: Wid[];
}

function link(isLinked: boolean) {
  return async ({ parentGroupId, subgroupIds }: Linking) => {
    const communityId = parentGroupId.toString();
    const { done, failed } = await ask("linkGroups", { communityId, groups: subgroupIds.map(String), link: isLinked });
    for (const group of await ask("groups", {})) await storeGroup(group);
    return { linkedGroupJids: done.map(createWidOf), failedGroups: failed.map((jid) => ({ jid, error: "403" })) };
  };
}

function createWidOf(id: string): Wid {
  return createWid(id);
}

async function sendDeactivateCommunity({ parentGroupId }: { parentGroupId: Wid }): Promise<void> {
  await ask("deactivateCommunity", { communityId: parentGroupId.toString() });
  for (const own of [me().id, me().lid]) GroupMetadataCollection.get(parentGroupId)?.participants.remove(own);
}

/** Everyone of the community. */
function getCommunityParticipants(id: Wid): Promise<Wid[]> {
  const participants = GroupMetadataCollection.get(id)?.participants.getModelsArray() ?? [];
  return Promise.resolve(participants.map((participant) => participant.id));
}

define("WAWebGroupCommunityJob", {
  sendCreateCommunity,
  sendDeactivateCommunity,
  sendLinkSubgroups: link(true),
  sendUnlinkSubgroups: link(false),
});
define("WAWebGetCommunityParticipants", { getCommunityParticipants });
