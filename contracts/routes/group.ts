/** Groups of a session's account: creating, changing, joining and leaving them. */
import { z } from "zod";
import { Address } from "../address.ts";
import { ParticipantResult } from "../participants.ts";
import { object, route } from "../route.ts";
import { MediaSource } from "../media.ts";
import { DisappearAfter, Done } from "./chat.ts";
import { DRIVER_PROBLEMS, MEDIA_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Groups";
export const GroupParams = SessionParams.extend({ id: z.string().min(5).max(80).describe("Group id, …@g.us") });
const Participants = z
  .array(z.string().max(200))
  .min(1)
  .max(256)
  .describe("People, each as a phone number or a WhatsApp id");
export const GroupName = z.string().trim().min(1).max(100);
const Name = GroupName;

export const GroupKind = z
  .enum(["group", "community", "announcements"])
  .describe("community: a roof for groups; announcements: the group of a community in which its admins write to all");

export const Group = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    owner: Address.nullable(),
    createdAt: z.iso.datetime().nullable(),
    participants: z.array(z.object({ address: Address, admin: z.boolean() })),
    announce: z.boolean().describe("Whether only admins may send"),
    locked: z.boolean().describe("Whether only admins may change the group's info"),
    kind: GroupKind,
    community: z.string().nullable().describe("Id of the community that it belongs to"),
    joinApproval: z.boolean().describe("Whether an admin must approve who joins by the invite link"),
    memberAdd: z.boolean().describe("Whether everyone may add people, not only admins"),
    disappearAfter: z.int().describe("After how many seconds messages disappear; 0 for never"),
  })
  .meta({ id: "Group" });

const Results = z.object({ data: z.array(ParticipantResult) });

export const listGroups = route({
  method: "GET",
  path: "/sessions/:session/groups",
  action: "group.list",
  permission: "group:read",
  summary: "List the account's groups",
  tag,
  params: SessionParams,
  responses: { 200: z.object({ data: z.array(Group) }) },
  problems: DRIVER_PROBLEMS,
});

export const createGroup = route({
  method: "POST",
  path: "/sessions/:session/groups",
  action: "group.create",
  permission: "group:write",
  summary: "Create a group",
  tag,
  params: SessionParams,
  body: object({ name: Name, participants: Participants }),
  responses: { 201: Group.extend({ results: z.array(ParticipantResult) }) },
  problems: DRIVER_PROBLEMS,
});

export const getGroup = route({
  method: "GET",
  path: "/sessions/:session/groups/:id",
  action: "group.get",
  permission: "group:read",
  summary: "Get a group",
  tag,
  params: GroupParams,
  responses: { 200: Group },
  problems: DRIVER_PROBLEMS,
});

export const updateGroup = route({
  method: "PATCH",
  path: "/sessions/:session/groups/:id",
  action: "group.update",
  permission: "group:write",
  summary: "Change a group's name, description and settings",
  tag,
  params: GroupParams,
  body: object({
    name: Name.exactOptional(),
    description: z.string().max(2_048).exactOptional(),
    announce: z.boolean().exactOptional(),
    locked: z.boolean().exactOptional(),
    joinApproval: z.boolean().exactOptional().describe("An admin must approve who joins by the invite link"),
    memberAdd: z.boolean().exactOptional().describe("Everyone may add people, not only admins"),
    disappearAfter: DisappearAfter.exactOptional(),
  }).refine((body) => Object.keys(body).length > 0, "must contain at least one of the group's properties"),
  responses: { 200: Group },
  problems: DRIVER_PROBLEMS,
});

export const leaveGroup = route({
  method: "DELETE",
  path: "/sessions/:session/groups/:id",
  action: "group.leave",
  permission: "group:write",
  summary: "Leave a group",
  tag,
  params: GroupParams,
  responses: { 204: null },
  problems: DRIVER_PROBLEMS,
});

function participants(method: "POST" | "DELETE", of: "participants" | "admins", action: string, summary: string) {
  return route({
    method,
    path: `/sessions/:session/groups/:id/${of}`,
    action: `group.${action}`,
    permission: "group:write",
    summary,
    tag,
    params: GroupParams,
    body: object({ participants: Participants }),
    responses: { 200: Results },
    problems: DRIVER_PROBLEMS,
  });
}
export const addParticipants = participants(
  "POST",
  "participants",
  "addParticipants",
  "Add participants; returns a result for each",
);
export const removeParticipants = participants(
  "DELETE",
  "participants",
  "removeParticipants",
  "Remove participants; returns a result for each",
);
export const promoteParticipants = participants(
  "POST",
  "admins",
  "promote",
  "Make participants admins; returns a result for each",
);
export const demoteParticipants = participants(
  "DELETE",
  "admins",
  "demote",
  "Remove admin rights; returns a result for each",
);

const InviteText = z.string().min(6).max(200).describe("https://chat.whatsapp.com/… or the code alone");

const Invite = z.object({
  code: z.string().describe("The code in the link"),
  link: z.string().describe("Anyone who opens it can join"),
});

export const getInvite = route({
  method: "GET",
  path: "/sessions/:session/groups/:id/invite",
  action: "group.invite",
  permission: "group:read",
  summary: "Get the group's invite link",
  tag,
  params: GroupParams,
  responses: { 200: Invite },
  problems: DRIVER_PROBLEMS,
});

export const revokeInvite = route({
  method: "DELETE",
  path: "/sessions/:session/groups/:id/invite",
  action: "group.revokeInvite",
  permission: "group:write",
  summary: "Revoke the invite link; returns the new one",
  tag,
  params: GroupParams,
  responses: { 200: Invite },
  problems: DRIVER_PROBLEMS,
});

export const getInviteInfo = route({
  method: "GET",
  path: "/sessions/:session/invites/:invite",
  action: "group.inviteInfo",
  permission: "group:read",
  summary: "Show what an invite link or code leads to, before joining",
  tag,
  params: SessionParams.extend({ invite: InviteText }),
  responses: {
    200: z
      .object({
        groupId: z.string(),
        name: z.string(),
        description: z.string().nullable(),
        owner: Address.nullable(),
        size: z.int().describe("Number of participants"),
        kind: GroupKind,
        community: z.string().nullable().describe("Id of the community that it belongs to"),
        joinApproval: z.boolean().describe("Whether an admin must approve who joins"),
      })
      .meta({ id: "InviteInfo" }),
  },
  problems: DRIVER_PROBLEMS,
});

export const joinGroup = route({
  method: "POST",
  path: "/sessions/:session/groups/join",
  action: "group.join",
  permission: "group:write",
  summary: "Join a group by its invite link or code",
  tag,
  params: SessionParams,
  body: object({ invite: InviteText }),
  responses: { 200: z.object({ groupId: z.string() }) },
  problems: DRIVER_PROBLEMS,
});

export const listJoinRequests = route({
  method: "GET",
  path: "/sessions/:session/groups/:id/requests",
  action: "group.requests",
  permission: "group:read",
  summary: "List requests to join",
  tag,
  params: GroupParams,
  responses: { 200: z.object({ data: z.array(z.object({ address: Address, at: z.iso.datetime().nullable() })) }) },
  problems: DRIVER_PROBLEMS,
});

export const answerJoinRequests = route({
  method: "POST",
  path: "/sessions/:session/groups/:id/requests",
  action: "group.answerRequests",
  permission: "group:write",
  summary: "Approve or reject requests to join; returns a result for each",
  tag,
  params: GroupParams,
  body: object({
    participants: Participants,
    decision: z.enum(["approve", "reject"]).describe("What to do with the requests"),
  }),
  responses: { 200: Results },
  problems: DRIVER_PROBLEMS,
});

export const setGroupPicture = route({
  method: "PUT",
  path: "/sessions/:session/groups/:id/picture",
  action: "group.setPicture",
  permission: "group:write",
  summary: "Set the group's picture",
  tag,
  params: GroupParams,
  body: object({ media: MediaSource }),
  bodyLimit: "media",
  responses: { 200: Done },
  problems: [...DRIVER_PROBLEMS, ...MEDIA_PROBLEMS],
});

export const removeGroupPicture = route({
  method: "DELETE",
  path: "/sessions/:session/groups/:id/picture",
  action: "group.removePicture",
  permission: "group:write",
  summary: "Remove the group's picture",
  tag,
  params: GroupParams,
  responses: { 204: null },
  problems: DRIVER_PROBLEMS,
});

export const groupRoutes = [
  listGroups,
  createGroup,
  getGroup,
  updateGroup,
  leaveGroup,
  addParticipants,
  removeParticipants,
  promoteParticipants,
  demoteParticipants,
  getInvite,
  revokeInvite,
  getInviteInfo,
  joinGroup,
  setGroupPicture,
  removeGroupPicture,
  listJoinRequests,
  answerJoinRequests,
];
