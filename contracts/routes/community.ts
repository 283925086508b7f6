/** Communities of a session's account: groups under one roof, with a group for announcements. */
import { z } from "zod";
import { object, route } from "../route.ts";
import { GroupName } from "./group.ts";
import { DRIVER_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Communities";
const CommunityParams = SessionParams.extend({ id: z.string().min(5).max(80).describe("Community id, …@g.us") });
const Groups = z.array(z.string().min(5).max(80)).max(50).describe("Group ids, …@g.us");

export const Community = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    announcements: z.string().nullable().describe("Id of the group in which admins write to everyone"),
    groups: z.array(z.string()).describe("Ids of its other groups that the account is in"),
    participants: z.int().describe("Number of participants"),
  })
  .meta({ id: "Community" });

export const LinkResults = z.object({
  done: z.array(z.string()).describe("Ids of the groups that were changed"),
  failed: z.array(z.string()).describe("Ids of those that the account may not change, or that were so already"),
});

const common = { tag, problems: DRIVER_PROBLEMS };

export const listCommunities = route({
  method: "GET",
  path: "/sessions/:session/communities",
  action: "group.communities",
  permission: "group:read",
  summary: "List the account's communities",
  ...common,
  params: SessionParams,
  responses: { 200: z.object({ data: z.array(Community) }) },
});

export const createCommunity = route({
  method: "POST",
  path: "/sessions/:session/communities",
  action: "group.communities.create",
  permission: "group:write",
  summary: "Create a community from groups of the account",
  ...common,
  params: SessionParams,
  body: object({
    name: GroupName,
    description: z.string().max(2_048).default("").describe("By default none"),
    groups: Groups.default([]),
  }),
  responses: { 201: Community.extend({ results: LinkResults.describe("What became of the groups") }) },
});

export const getCommunity = route({
  method: "GET",
  path: "/sessions/:session/communities/:id",
  action: "group.communities.get",
  permission: "group:read",
  summary: "Get a community",
  ...common,
  params: CommunityParams,
  responses: { 200: Community },
});

export const deactivateCommunity = route({
  method: "DELETE",
  path: "/sessions/:session/communities/:id",
  action: "group.communities.deactivate",
  permission: "group:write",
  summary: "Deactivate a community; its groups go on without it",
  ...common,
  params: CommunityParams,
  responses: { 204: null },
});

function linking(method: "POST" | "DELETE", verb: "addGroups" | "removeGroups", summary: string) {
  return route({
    method,
    path: "/sessions/:session/communities/:id/groups",
    action: `group.communities.${verb}`,
    permission: "group:write",
    summary,
    ...common,
    params: CommunityParams,
    body: object({ groups: Groups.min(1) }),
    responses: { 200: LinkResults },
  });
}
export const addGroups = linking("POST", "addGroups", "Add groups of the account to a community");
export const removeGroups = linking("DELETE", "removeGroups", "Take groups out of a community");

export const communityRoutes = [
  listCommunities,
  createCommunity,
  getCommunity,
  deactivateCommunity,
  addGroups,
  removeGroups,
];
