/** Communities: groups of groups. */
import { z } from "zod";
import { toParticipants } from "../../../../compat/wppconnect/shapes.ts";
import * as communities from "../../../../contracts/routes/community.ts";
import * as groups from "../../../../contracts/routes/group.ts";
import { doorRoute, raw, type DoorCall, type DoorMethod } from "../call.ts";
import { ask, GroupId, peopleOf, toGroupId } from "./groups.ts";

type Group = z.infer<typeof groups.Group>;
type Community = z.infer<typeof communities.Community>;

const Ids = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());

const community = <B extends z.ZodType>(
  method: DoorMethod,
  name: string,
  summary: string,
  body: B,
  handle: (call: DoorCall, body: z.output<B>) => Promise<unknown>,
) =>
  doorRoute({
    method,
    group: "Communities",
    access: "token",
    live: "session",
    path: `/api/:session/${name}`,
    summary,
    body,
    handle: async (call, given) => raw(await handle(call, given as z.output<B>)),
  });

const Subgroups = z.looseObject({ id: GroupId, groupsIds: Ids });
const Participants = z.looseObject({ id: GroupId, participantsId: Ids });

export const communityRoutes = [
  community(
    "POST",
    "create-community",
    "Create a community",
    z.looseObject({ name: z.string(), description: z.string().optional(), groupIds: Ids.optional() }),
    async (call, { name, description, groupIds }) => {
      const created = await call.api.call<Community>(communities.createCommunity, {
        params: { session: call.session },
        body: { name, ...(description === undefined ? {} : { description }), groups: (groupIds ?? []).map(toGroupId) },
      });
      return { wid: created.id, subGroups: created.groups };
    },
  ),
  community("POST", "deactivate-community", "End a community", z.looseObject({ id: GroupId }), async (call, { id }) => {
    await ask(call, communities.deactivateCommunity, id);
    return { id, deactivated: true };
  }),
  community("POST", "add-community-subgroup", "Add groups", Subgroups, (call, { id, groupsIds }) =>
    ask(call, communities.addGroups, id, { groups: groupsIds.map(toGroupId) }),
  ),
  community("POST", "remove-community-subgroup", "Remove groups", Subgroups, (call, { id, groupsIds }) =>
    ask(call, communities.removeGroups, id, { groups: groupsIds.map(toGroupId) }),
  ),
  community(
    "POST",
    "promote-community-participant",
    "Make people admins",
    Participants,
    (call, { id, participantsId }) =>
      ask(call, groups.promoteParticipants, id, { participants: peopleOf(participantsId) }),
  ),
  community(
    "POST",
    "demote-community-participant",
    "Make people admins no longer",
    Participants,
    (call, { id, participantsId }) =>
      ask(call, groups.demoteParticipants, id, { participants: peopleOf(participantsId) }),
  ),
  community("GET", "community-participants/:id", "List the people of a community", z.unknown(), async (call) => {
    const id = toGroupId(call.params["id"] ?? "");
    const { announcements } = await ask<Community>(call, communities.getCommunity, id);
    return toParticipants(await ask<Group>(call, groups.getGroup, announcements ?? id));
  }),
];
