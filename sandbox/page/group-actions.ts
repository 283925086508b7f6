/** A user's actions on groups. */
import type { WireGroup, WireOperations } from "../../contracts/sandbox-wire.ts";
import { chatOf, type ChatModel } from "./chats.ts";
import { receiveGroup } from "./group-events.ts";
import { applyGroup, type ParticipantModel } from "./group-models.ts";
import { define } from "./loader.ts";
import { me } from "./me.ts";
import { commit } from "./storage.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

/** Stores a group as it is now, and shows it. */
export async function storeGroup(group: WireGroup): Promise<void> {
  await commit({ groups: [group] });
  applyGroup(group);
  chatOf(group.id).set({ name: group.name });
}

/** Loads the groups of the account. */
export async function loadGroups(): Promise<void> {
  for (const group of await ask("groups", {})) await storeGroup(group);
}

/** Seconds for which the invite to a person who could not be added is valid. */
const INVITE_LIFETIME_S = 3 * 24 * 3600;

type Results = WireOperations["changeParticipants"][1]["results"];
function participantResults(results: Results): object[] {
  return results.map(({ id, code, invite }) => ({
    userWid: createWid(id),
    code: String(code),
    invite_code: invite ?? null,
    invite_code_exp: invite === undefined ? null : Math.floor(Date.now() / 1000) + INVITE_LIFETIME_S,
  }));
}

async function sendCreateGroup(
  name: string,
  wids: Wid[],
  _ephemeral?: number,
  parent?: Wid,
): Promise<{ gid: Wid; participants: object[] }> {
  const community = parent === undefined ? {} : { parent: parent.toString() };
  const { group, results } = await ask("createGroup", { name, participants: wids.map(String), ...community });
  await storeGroup(group);
  return { gid: createWid(group.id), participants: participantResults(results) };
}

interface NewGroup {
  title: string;
  announce?: boolean;
  restrict?: boolean;
  membershipApprovalMode?: boolean;
  memberAddMode?: boolean;
  ephemeralDuration?: number;
  parentGroupId?: Wid;
}

/** The form of later versions: the settings come with the name. */
async function createGroup(
  { title, announce, restrict, membershipApprovalMode, memberAddMode, ephemeralDuration, parentGroupId }: NewGroup,
  people: { phoneNumber: Wid }[],
): Promise<{ wid: Wid; subject: string; participants: object[] }> {
  const community = parentGroupId === undefined ? {} : { parent: parentGroupId.toString() };
  const participants = people.map(({ phoneNumber }) => phoneNumber.toString());
  const { group, results } = await ask("createGroup", { name: title, participants, ...community });
  const settings = {
    announce: announce === true,
    locked: restrict === true,
    joinApproval: membershipApprovalMode === true,
    memberAdd: memberAddMode === true,
  };
  await storeGroup(await ask("updateGroup", { groupId: group.id, ...settings }));
  if (ephemeralDuration) await ask("setEphemeral", { chat: group.id, seconds: ephemeralDuration });
  return {
    wid: createWid(group.id),
    subject: title,
    participants: results.map(({ id, code, invite }) => ({
      wid: createWid(id),
      error: code === 200 ? null : code,
      invite_code: invite ?? null,
      invite_code_exp: null,
    })),
  };
}

async function changeParticipants(
  id: Wid,
  action: WireOperations["changeParticipants"][0]["action"],
  participants: string[],
): Promise<{ status: number; participants: object[] }> {
  const { group, results } = await ask("changeParticipants", { groupId: id.toString(), action, participants });
  await storeGroup(group);
  return { status: 200, participants: participantResults(results) };
}

type Change = WireOperations["changeParticipants"][0]["action"];
/** The variant that takes a chat and participant models. */
function byModels(action: Change) {
  return (chat: ChatModel, participants: ParticipantModel[]) =>
    changeParticipants(
      chat.id,
      action,
      participants.map(({ id }) => id.toString()),
    );
}
/** The variant that takes a group id and phone numbers. */
function byNumbers(action: Change) {
  return (id: Wid, members: { phoneNumber: Wid }[]) =>
    changeParticipants(
      id,
      action,
      members.map(({ phoneNumber }) => phoneNumber.toString()),
    );
}

async function update(id: Wid, values: Omit<WireOperations["updateGroup"][0], "groupId">): Promise<void> {
  const group = await ask("updateGroup", { groupId: id.toString(), ...values });
  await commit({ groups: [group] });
  // The real client shows the notice of a change that was made in it, too.
  receiveGroup("updated", group);
}

async function setGroupProperty(id: Wid, property: string, value: number): Promise<void> {
  if (property === "announcement") return update(id, { announce: value === 1 });
  if (property === "restrict") return update(id, { locked: value === 1 });
  if (property === "membership_approval_mode") return update(id, { joinApproval: value === 1 });
  if (property === "member_add_mode") return update(id, { memberAdd: value === 1 });
  await ask("setEphemeral", { chat: id.toString(), seconds: value });
}

/** What the invite leads to; rejects when it is not valid. */
async function sendQueryGroupInvite(code: string): Promise<{ groupInfo: object }> {
  const { group } = await ask("inviteInfo", { code });
  const owner = createWid(group.owner);
  return {
    groupInfo: {
      id: createWid(group.id),
      subject: group.name,
      subjectOwner: owner,
      subjectTime: Math.floor(group.createdAt / 1000),
      owner,
      creation: Math.floor(group.createdAt / 1000),
      desc: group.description ?? undefined,
      descOwner: group.description === null ? undefined : owner,
      announce: group.announce,
      restrict: group.locked,
      membershipApprovalMode: group.joinApproval,
      size: group.participants.length,
      participants: group.participants.map(({ id, admin }) => ({ id: createWid(id), isAdmin: admin })),
      status: 200,
    },
  };
}

async function sendExitGroup({ id, groupMetadata }: ChatModel): Promise<void> {
  await ask("leaveGroup", { groupId: id.toString() });
  for (const own of [me().id, me().lid]) groupMetadata?.participants.remove(own);
}

async function sendJoinGroupViaInvite(code: string): Promise<{ gid: Wid; membershipApprovalMode: boolean }> {
  const { groupId, pending } = await ask("joinGroup", { code });
  if (!pending) await loadGroups();
  return { gid: createWid(groupId), membershipApprovalMode: pending };
}

async function membershipApprovalRequestAction(id: Wid, wids: Wid[], action: "Approve" | "Reject"): Promise<object[]> {
  const results = await ask("answerJoinRequests", {
    groupId: id.toString(),
    participants: wids.map(String),
    approve: action === "Approve",
  });
  return results.map((result) => ({
    wid: createWid(result.id),
    error: result.code === 200 ? null : String(result.code),
  }));
}

async function getMembershipApprovalRequests(id: Wid): Promise<object[]> {
  const requests = await ask("joinRequests", { groupId: id.toString() });
  return requests.map((request) => ({
    id: createWid(request.id),
    addedBy: createWid(request.id),
    requestMethod: "InviteLink",
    t: Math.floor(request.at / 1000),
  }));
}

define("WAWebGroupCreateJob", { sendCreateGroup, createGroup });
define("WAWebModifyParticipantsGroupAction", {
  addParticipants: byModels("add"),
  removeParticipants: byModels("remove"),
  promoteParticipants: byModels("promote"),
  demoteParticipants: byModels("demote"),
  promoteCommunityParticipants: byModels("promote"),
  demoteCommunityParticipants: byModels("demote"),
});
define("WAWebGroupModifyParticipantsJob", {
  addGroupParticipants: byNumbers("add"),
  removeGroupParticipants: byNumbers("remove"),
  promoteGroupParticipants: byNumbers("promote"),
  demoteGroupParticipants: byNumbers("demote"),
});
define("WAWebGroupModifyInfoJob", {
  setGroupSubject: (id: Wid, name: string) => update(id, { name }),
  setGroupDescription: (id: Wid, description: string) => update(id, { description }),
  setGroupProperty,
});
define("WAWebGroupConstants", {
  GROUP_SETTING_TYPE: { ANNOUNCEMENT: "announcement", RESTRICT: "restrict", EPHEMERAL: "ephemeral" },
});
define("WAWebGroupInviteQueryJob", { sendQueryGroupInvite });
define("WAWebExitGroupAction", { sendExitGroup });
define("WAWebGroupInviteJob", {
  sendQueryGroupInviteCode: async (id: Wid) => (await ask("getInvite", { groupId: id.toString(), revoke: false })).code,
  sendRevokeGroupInviteCode: async (id: Wid) => (await ask("getInvite", { groupId: id.toString(), revoke: true })).code,
});
define("WAWebGroupJoinJob", { sendJoinGroupViaInvite });
define("WAWebApiMembershipApprovalRequestStore", { getMembershipApprovalRequests });
define("WAWebMembershipApprovalRequestAction", { membershipApprovalRequestAction });
define("WAWebGroupQueryJob", {
  queryAllGroups: async () => (await ask("groups", {})).map(({ id }) => ({ id: createWid(id) })),
});
