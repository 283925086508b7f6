/** Groups and communities. */
import { z } from "zod";
import { toGroup, toParticipants, toWid } from "../../../../compat/wppconnect/shapes.ts";
import { listCommonGroups } from "../../../../contracts/routes/contact.ts";
import * as groups from "../../../../contracts/routes/group.ts";
import type { Route } from "../../../../contracts/route.ts";
import { doorRoute, Flag, FlagOn, raw, success, toChatIds, type DoorCall } from "../call.ts";
import { mediaOf } from "../files.ts";

type Group = z.infer<typeof groups.Group>;
/** What is shown of a group before joining it. */
interface InviteView {
  readonly groupId: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: { readonly chatId: string } | null;
  readonly size: number;
}
interface Results {
  readonly data: readonly { participant: string; ok: boolean; code: string | null; reason: string | null }[];
}

const common = { group: "Groups", access: "token", live: "session" } as const;
const path = (name: string): string => `/api/:session/${name}`;
/** Texts too, because a form has nothing else. */
export const GroupId = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => toGroupId([given].flat()[0] ?? ""));
const People = z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]);

export function toGroupId(id: string): string {
  return id.includes("@") ? id : `${id}@g.us`;
}

export function peopleOf(phone: z.infer<typeof People>): string[] {
  return toChatIds({ phone, isGroup: false, isNewsletter: false, isLid: false });
}

export function ask<T>(call: DoorCall, route: Route, id: string, body?: unknown): Promise<T> {
  return call.api.call<T>(route, { params: { session: call.session, id }, body });
}

const get = (name: string, summary: string, handle: (call: DoorCall, id: string) => Promise<unknown>) =>
  doorRoute({
    method: "GET",
    ...common,
    path: path(`${name}/:groupId`),
    summary,
    handle: async (call) => success(await handle(call, toGroupId(call.params["groupId"] ?? ""))),
  });

const people = (name: string, summary: string, route: Route) =>
  doorRoute({
    method: "POST",
    ...common,
    path: path(name),
    summary,
    body: z.looseObject({ groupId: GroupId, phone: People }),
    handle: async (call, { groupId, phone }) => {
      const { data } = await ask<Results>(call, route, groupId, { participants: peopleOf(phone) });
      return success(
        data.map(({ participant, ok, reason }) => ({ id: participant, groupId, success: ok, error: reason })),
        201,
      );
    },
  });

const change = <S extends z.ZodRawShape>(
  name: string,
  summary: string,
  fields: S,
  toChange: (body: Record<string, unknown>) => object,
  differs?: string,
) =>
  doorRoute({
    method: "POST",
    ...common,
    path: path(name),
    summary,
    body: z.looseObject({ groupId: GroupId, ...fields }),
    ...(differs === undefined ? {} : { differs }),
    handle: async (call, body) => {
      const given = body as Record<string, unknown> & { groupId: string };
      const changed = toChange(given);
      if (Object.keys(changed).length === 0)
        return raw({ status: "error", message: `this property cannot be set: ${String(given["property"])}` }, 501);
      await ask(call, groups.updateGroup, given.groupId, changed);
      return success({ message: summary });
    },
  });

/** What the library calls a group's properties. */
function propertyOf({ property, value }: Record<string, unknown>): object {
  const isOn = value === true;
  if (property === "announcement") return { announce: isOn };
  if (property === "restrict") return { locked: isOn };
  if (property === "ephemeral") return { disappearAfter: isOn ? 604_800 : 0 };
  if (property === "membership_approval_mode") return { joinApproval: isOn };
  return {};
}

export const groupRoutes = [
  doorRoute({
    method: "GET",
    ...common,
    path: path("all-groups"),
    summary: "List the groups",
    handle: async (call) => {
      const { data } = await call.api.call<{ data: Group[] }>(groups.listGroups, { params: { session: call.session } });
      return success(data.map(toGroup));
    },
  }),
  get("group-members", "List the people of a group", async (call, id) =>
    toParticipants(await ask<Group>(call, groups.getGroup, id)).map((member) => ({ ...member, isUser: true })),
  ),
  get("group-members-ids", "List the ids of the people of a group", async (call, id) =>
    (await ask<Group>(call, groups.getGroup, id)).participants.map(({ address }) => toWid(address.chatId)),
  ),
  get("group-admins", "List the admins of a group", async (call, id) =>
    (await ask<Group>(call, groups.getGroup, id)).participants
      .filter(({ admin }) => admin)
      .map(({ address }) => toWid(address.chatId)),
  ),
  get("group-info", "Get a group", async (call, id) => toGroup(await ask<Group>(call, groups.getGroup, id))),
  get("group-invite-link", "Get the link that lets people join", async (call, id) => {
    const { link } = await ask<{ link: string }>(call, groups.getInvite, id);
    return link;
  }),
  get("group-revoke-link", "Replace the link that lets people join", async (call, id) => {
    const { link } = await ask<{ link: string }>(call, groups.revokeInvite, id);
    return link;
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("common-groups/:wid"),
    summary: "List the groups that the account shares with a person",
    handle: async (call) => {
      const id = peopleOf(call.params["wid"] ?? "")[0] ?? "";
      const { data } = await ask<{ data: string[] }>(call, listCommonGroups, id);
      return success(data.map(toWid));
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("create-group"),
    summary: "Create a group",
    body: z.looseObject({ name: z.string(), participants: People }),
    handle: async (call, { name, participants }) => {
      const created = await call.api.call<Group & { results: Results["data"] }>(groups.createGroup, {
        params: { session: call.session },
        body: { name, participants: peopleOf(participants) },
      });
      const { link } = await ask<{ link: string }>(call, groups.getInvite, created.id);
      const participantsOf = Object.fromEntries(
        created.results.map(({ participant, ok, reason }) => [participant, { code: ok ? 200 : 403, error: reason }]),
      );
      const group = {
        name,
        id: created.id.replace(/@.*/, ""),
        gid: toWid(created.id),
        participants: participantsOf,
        groupLink: link,
      };
      return {
        status: 201,
        body: {
          status: "success",
          response: { message: "Group(s) created successfully", group: name, groupInfo: [group] },
        },
      };
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("leave-group"),
    summary: "Leave a group",
    body: z.looseObject({ groupId: GroupId }),
    handle: async (call, { groupId }) => {
      await ask(call, groups.leaveGroup, groupId);
      return success({ messages: "Você saiu do grupo com sucesso", group: groupId });
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("join-code"),
    summary: "Join a group by its code or link",
    body: z.looseObject({ inviteCode: z.string() }),
    handle: async (call, { inviteCode }) => {
      const invite = inviteCode.replace(/^.*\//, "");
      const joined = await call.api.call<{ groupId: string }>(groups.joinGroup, {
        params: { session: call.session },
        body: { invite },
      });
      return success({ message: "The informed code(s) were validated and applied", contacts: joined.groupId }, 201);
    },
  }),
  people("add-participant-group", "Add people to a group", groups.addParticipants),
  people("remove-participant-group", "Remove people from a group", groups.removeParticipants),
  people("promote-participant-group", "Make people admins of a group", groups.promoteParticipants),
  people("demote-participant-group", "Make people admins no longer", groups.demoteParticipants),
  doorRoute({
    method: "POST",
    ...common,
    path: path("group-info-from-invite-link"),
    summary: "Read about a group before joining it",
    body: z.looseObject({ invitecode: z.string() }),
    handle: async (call, { invitecode }) => {
      const info = await call.api.call<InviteView>(groups.getInviteInfo, {
        params: { session: call.session, invite: invitecode.replace(/^.*\//, "") },
      });
      return success({
        id: toWid(info.groupId),
        subject: info.name,
        desc: info.description ?? "",
        owner: info.owner === null ? null : toWid(info.owner.chatId),
        size: info.size,
      });
    },
  }),
  change("group-description", "Group description changed", { description: z.string() }, ({ description }) => ({
    description,
  })),
  change("group-subject", "Group subject changed", { title: z.string() }, ({ title }) => ({ name: title })),
  change(
    "group-property",
    "Group property changed",
    { property: z.string(), value: FlagOn },
    propertyOf,
    "announcement, restrict, ephemeral and membership_approval_mode can be set; others answer 501",
  ),
  change("messages-admins-only", "Who may write was changed", { value: FlagOn }, ({ value }) => ({ announce: value })),
  change("change-privacy-group", "Group privacy changed", { status: Flag }, ({ status }) => ({ announce: status })),
  doorRoute({
    method: "POST",
    ...common,
    path: path("group-pic"),
    summary: "Set a group's picture",
    body: z.looseObject({
      groupId: GroupId.optional(),
      phone: GroupId.optional(),
      path: z.string().optional(),
      base64: z.string().optional(),
    }),
    handle: async (call, body) => {
      await ask(call, groups.setGroupPicture, body.groupId ?? body.phone ?? "", { media: mediaOf(call, body) });
      return success({ message: "Group profile photo successfully changed" }, 201);
    },
  }),
];
