/** Operations on groups. */
import { z } from "zod";
import { participantResult, type ParticipantFailure, type ParticipantResult } from "../../contracts/participants.ts";
import type { GroupInfo } from "../driver.ts";
import { DriverError } from "../../contracts/transport.ts";
import { Codes, perPerson, toResults } from "./participant-results.ts";
import { readGroup, readGroups } from "./group-reader.ts";
import type { Handlers } from "./handlers.ts";
import { requireMember } from "./membership.ts";
import { PageError } from "./page-calls.ts";
import { toDriverError } from "./refusals.ts";
import { Serialized } from "./shapes.ts";
import type { WebClient } from "./web-client.ts";

const Nothing = z.unknown();
const CREATE_WITHIN_MS = 30_000;
const Uninvitable = z.object({ missing: z.array(z.string()), own: z.array(z.string()) });
const Created = z.object({ gid: Serialized, participants: Codes });

type Change = Parameters<Handlers["changeParticipants"]>[1]["action"];

async function existing({ page, addresses }: WebClient, groupId: string): Promise<GroupInfo> {
  const group = await readGroup(page, addresses, groupId);
  if (group === null)
    throw new DriverError("rejected", `${groupId} is not a group of this account`, "not_group_member");
  return group;
}

/**
 * The library refuses the whole group if one number does not exist, and does not answer for the account itself, so both
 * are left out first.
 */
async function createGroup(
  ...[client, { name, participants }]: Parameters<Handlers["createGroup"]>
): Promise<{ group: GroupInfo; results: readonly ParticipantResult[] }> {
  let id = "";
  const results = await perPerson(client, participants, async (people) => {
    const { missing, own } = await client.page.run(Uninvitable, findUninvitable, people, CREATE_WITHIN_MS);
    const { gid, participants: codes } = await client.page.run(
      Created,
      (group) => WPP.group.create(group.name, [...group.invited], ""),
      { name, invited: people.filter((person) => !missing.includes(person) && !own.includes(person)) },
      CREATE_WITHIN_MS,
    );
    id = gid;
    const absent = Object.fromEntries(missing.map((person) => [person, { code: 404 }]));
    const creator = Object.fromEntries(own.map((person) => [person, { code: 409 }]));
    return toResults(client.addresses, people, { ...codes, ...absent, ...creator });
  });
  return { group: await existing(client, id), results };
}

/** Runs in the page. */
async function findUninvitable(ids: readonly string[]): Promise<z.infer<typeof Uninvitable>> {
  const { UserPrefs, WidFactory } = WPP.whatsapp;
  const mine = new Set([UserPrefs.getMaybeMePnUser(), UserPrefs.getMaybeMeLidUser()].map(String));
  const own = ids.filter((id) => mine.has(id));
  const missing = [];
  for (const id of ids.filter((other) => !mine.has(other))) {
    const wid = WidFactory.createWid(id);
    if (WPP.whatsapp.ContactStore.get(wid) === undefined && !(await WPP.whatsapp.functions.queryWidExists(wid)))
      missing.push(id);
  }
  return { missing, own };
}

/** Adding returns a result for each participant; the other changes are made one by one to have one for each. */
async function changeParticipants(
  ...[client, { groupId, action, participants }]: Parameters<Handlers["changeParticipants"]>
): Promise<ParticipantResult[]> {
  const { page, addresses } = client;
  if (participants.length === 0) return [];
  await requireMember(page, groupId);
  return perPerson(client, participants, async (people) => {
    if (action === "add") {
      const codes = await page.run(Codes, addAll, { groupId, people }, CREATE_WITHIN_MS);
      return toResults(addresses, people, codes);
    }
    const results: ParticipantResult[] = [];
    for (const participant of people) {
      const failure = await page.run(Nothing, changeOne, { groupId, action, participant }).then(() => null, failureOf);
      results.push(participantResult(participant, failure));
    }
    return results;
  });
}

/**
 * Runs in the page. The library refuses the whole list if one number does not exist, so the account's own right is
 * checked before such numbers are left out.
 */
async function addAll({
  groupId,
  people,
}: {
  groupId: string;
  people: readonly string[];
}): Promise<Record<string, { code: number }>> {
  await WPP.group.ensureGroup(groupId, true);
  const codes: Record<string, { code: number }> = {};
  const existing: string[] = [];
  for (const id of people) {
    const wid = WPP.whatsapp.WidFactory.createWid(id);
    const isKnown = WPP.whatsapp.ContactStore.get(wid) !== undefined;
    if (isKnown || (await WPP.whatsapp.functions.queryWidExists(wid))) existing.push(id);
    else codes[id] = { code: 404 };
  }
  return existing.length === 0 ? codes : { ...codes, ...(await WPP.group.addParticipants(groupId, existing)) };
}

/** Runs in the page. */
async function changeOne({
  groupId,
  action,
  participant,
}: {
  groupId: string;
  action: Exclude<Change, "add">;
  participant: string;
}): Promise<void> {
  if (action === "remove") await WPP.group.removeParticipants(groupId, participant);
  else if (action === "promote") await WPP.group.promoteParticipants(groupId, participant);
  else await WPP.group.demoteParticipants(groupId, participant);
}

/** wa-js's codes for errors about one participant. */
const FAILURES: Readonly<Record<string, ParticipantFailure>> = {
  not_valid_group_participants: "not_participant",
  group_participant_not_found: "not_participant",
  group_participant_is_not_a_group_member: "not_participant",
  participant_not_exists: "not_participant",
  group_participant_is_already_a_group_admin: "no_change",
  group_participant_is_already_not_a_group_admin: "no_change",
};

/** The failure when an error is about one participant; rethrows one that is about the whole call. */
function failureOf(error: unknown): ParticipantFailure {
  const known = error instanceof PageError ? FAILURES[error.code] : undefined;
  if (known !== undefined) return known;
  const refusal = toDriverError(error);
  if (error instanceof PageError && refusal.kind === "rejected" && refusal.failure !== "group_admin_only")
    return "refused";
  throw refusal;
}

/** When the calls return, WhatsApp has the values; the page's own copy may follow a moment later. */
async function updateGroup(
  ...[client, { groupId, ...values }]: Parameters<Handlers["updateGroup"]>
): Promise<GroupInfo> {
  await requireMember(client.page, groupId);
  await client.page.run(Nothing, setValues, { groupId, ...values }, CREATE_WITHIN_MS);
  return { ...(await existing(client, groupId)), ...values };
}

/** Runs in the page. */
async function setValues({
  groupId,
  name,
  description,
  announce,
  locked,
  joinApproval,
  memberAdd,
  disappearAfter,
}: Parameters<Handlers["updateGroup"]>[1]): Promise<void> {
  type Property = Parameters<typeof WPP.group.setProperty>[1];
  if (name !== undefined) await WPP.group.setSubject(groupId, name);
  if (description !== undefined) await WPP.group.setDescription(groupId, description);
  if (announce !== undefined) await WPP.group.setProperty(groupId, "announcement" as Property, announce);
  if (locked !== undefined) await WPP.group.setProperty(groupId, "restrict" as Property, locked);
  if (disappearAfter !== undefined)
    await WPP.group.setProperty(groupId, "ephemeral" as Property, disappearAfter as never);
  if (joinApproval === undefined && memberAdd === undefined) return;
  // The library has no names for these two.
  await WPP.group.ensureGroup(groupId, true);
  const { functions, WidFactory } = WPP.whatsapp;
  type Setting = Parameters<typeof functions.sendSetGroupProperty>[1];
  const set = (name: string, value: boolean) =>
    functions.sendSetGroupProperty(WidFactory.createWid(groupId), name as unknown as Setting, Number(value));
  if (joinApproval !== undefined) await set("membership_approval_mode", joinApproval);
  if (memberAdd !== undefined) await set("member_add_mode", memberAdd);
}

type GroupOperation = "createGroup" | "listGroups" | "getGroup" | "changeParticipants" | "updateGroup" | "leaveGroup";

export const GROUP_HANDLERS: Pick<Handlers, GroupOperation> = {
  createGroup,
  changeParticipants,
  updateGroup,
  listGroups: ({ page, addresses }) => readGroups(page, addresses),
  getGroup: ({ page, addresses }, { groupId }) => readGroup(page, addresses, groupId),
  leaveGroup: async ({ page }, { groupId }) => {
    await requireMember(page, groupId);
    await page.run(Nothing, (id) => WPP.group.leave(id), groupId);
  },
};
