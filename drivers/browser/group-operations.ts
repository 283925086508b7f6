/** Operations on groups. */
import { z } from "zod";
import type { GroupInfo, ParticipantResult } from "../driver.ts";
import { DriverError } from "../../contracts/transport.ts";
import type { AddressBook } from "./address-book.ts";
import { readGroup, readGroups } from "./group-reader.ts";
import type { Handlers } from "./handlers.ts";
import { PageError } from "./page-calls.ts";
import { toDriverError } from "./refusals.ts";
import { Serialized, Time } from "./shapes.ts";
import type { WebClient } from "./web-client.ts";

const Nothing = z.unknown();
const CREATE_WITHIN_MS = 30_000;
const JOIN_WITHIN_MS = 15_000;
const Codes = z.record(z.string(), z.object({ code: z.number() }));
const Created = z.object({ gid: Serialized, participants: Codes });
const Answers = z.array(z.object({ wid: Serialized, error: z.unknown() }));
const Requests = z.array(z.object({ id: Serialized, t: Time.nullish() }));

type Change = Parameters<Handlers["changeParticipants"]>[1]["action"];

/** WhatsApp's codes for one participant. */
const REASONS: Record<number, string> = {
  403: "their privacy settings forbid it",
  404: "not on WhatsApp",
  408: "left the group a short while ago",
  409: "is a participant already",
  421: "waits for approval",
};

/** A person has two ids; WhatsApp keys its results by the one that the group uses. */
async function toResults(
  addresses: AddressBook,
  asked: readonly string[],
  codes: z.infer<typeof Codes>,
): Promise<ParticipantResult[]> {
  const people = await addresses.resolveAll(asked);
  return asked.map((participant, index) => {
    const { phone, lid } = people[index]!;
    const ids = [participant, lid, phone === null ? null : `${phone.slice(1)}@c.us`];
    const code = ids.flatMap((id) => (id === null ? [] : (codes[id]?.code ?? [])))[0];
    if (code === undefined)
      return { participant, ok: false, reason: "WhatsApp returned no result for this participant" };
    return {
      participant,
      ok: code === 200,
      reason: code === 200 ? null : (REASONS[code] ?? `WhatsApp returned the code ${code}`),
    };
  });
}

async function existing({ page, addresses }: WebClient, groupId: string): Promise<GroupInfo> {
  const group = await readGroup(page, addresses, groupId);
  if (group === null)
    throw new DriverError("rejected", `${groupId} is not a group of this account`, "not_group_member");
  return group;
}

/** The library refuses the whole group if one number does not exist, so such numbers are left out first. */
async function createGroup(
  ...[client, { name, participants }]: Parameters<Handlers["createGroup"]>
): Promise<{ group: GroupInfo; results: readonly ParticipantResult[] }> {
  const missing = await client.page.run(z.array(z.string()), findMissing, participants, CREATE_WITHIN_MS);
  const invited = participants.filter((id) => !missing.includes(id));
  const { gid, participants: codes } = await client.page.run(
    Created,
    (group) => WPP.group.create(group.name, [...group.invited], ""),
    { name, invited },
    CREATE_WITHIN_MS,
  );
  const absent = Object.fromEntries(missing.map((id) => [id, { code: 404 }]));
  return {
    group: await existing(client, gid),
    results: await toResults(client.addresses, participants, { ...codes, ...absent }),
  };
}

/** Runs in the page. */
async function findMissing(ids: readonly string[]): Promise<string[]> {
  const missing = [];
  for (const id of ids) {
    const wid = WPP.whatsapp.WidFactory.createWid(id);
    if (WPP.whatsapp.ContactStore.get(wid) === undefined && !(await WPP.whatsapp.functions.queryWidExists(wid)))
      missing.push(id);
  }
  return missing;
}

/** Adding returns a result for each participant; the other changes are made one by one to have one for each. */
async function changeParticipants(
  ...[{ page, addresses }, { groupId, action, participants }]: Parameters<Handlers["changeParticipants"]>
): Promise<ParticipantResult[]> {
  if (action === "add") {
    const codes = await page.run(
      Codes,
      ({ id, who }) => WPP.group.addParticipants(id, who),
      { id: groupId, who: [...participants] },
      CREATE_WITHIN_MS,
    );
    return toResults(addresses, participants, codes);
  }
  const results: ParticipantResult[] = [];
  for (const participant of participants) {
    try {
      await page.run(Nothing, changeOne, { groupId, action, participant });
      results.push({ participant, ok: true, reason: null });
    } catch (error) {
      results.push({ participant, ok: false, reason: reasonOf(error) });
    }
  }
  return results;
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

/** The reason when an error is about one participant; rethrows one that is about the whole call. */
function reasonOf(error: unknown): string {
  const refusal = toDriverError(error);
  if (error instanceof PageError && refusal.kind === "rejected" && refusal.failure !== "group_admin_only")
    return refusal.message;
  throw refusal;
}

/** When the calls return, WhatsApp has the values; the page's own copy may follow a moment later. */
async function updateGroup(
  ...[client, { groupId, ...values }]: Parameters<Handlers["updateGroup"]>
): Promise<GroupInfo> {
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
}: Parameters<Handlers["updateGroup"]>[1]): Promise<void> {
  type Property = Parameters<typeof WPP.group.setProperty>[1];
  if (name !== undefined) await WPP.group.setSubject(groupId, name);
  if (description !== undefined) await WPP.group.setDescription(groupId, description);
  if (announce !== undefined) await WPP.group.setProperty(groupId, "announcement" as Property, announce);
  if (locked !== undefined) await WPP.group.setProperty(groupId, "restrict" as Property, locked);
}

async function answerJoinRequests(
  ...[{ page }, input]: Parameters<Handlers["answerJoinRequests"]>
): Promise<ParticipantResult[]> {
  const answers = await page.run(
    Answers,
    ({ groupId, participants, approve }) =>
      approve ? WPP.group.approve(groupId, [...participants]) : WPP.group.reject(groupId, [...participants]),
    input,
  );
  const refused = new Map(answers.map(({ wid, error }) => [wid, error]));
  return input.participants.map((participant) => {
    const error = refused.get(participant) ?? null;
    return { participant, ok: error === null, reason: error === null ? null : JSON.stringify(error) };
  });
}

type GroupOperation =
  | "createGroup"
  | "listGroups"
  | "getGroup"
  | "changeParticipants"
  | "updateGroup"
  | "leaveGroup"
  | "getInvite"
  | "joinGroup"
  | "listJoinRequests"
  | "answerJoinRequests";

export const GROUP_HANDLERS: Pick<Handlers, GroupOperation> = {
  createGroup,
  changeParticipants,
  updateGroup,
  answerJoinRequests,
  listGroups: ({ page, addresses }) => readGroups(page, addresses),
  getGroup: ({ page, addresses }, { groupId }) => readGroup(page, addresses, groupId),
  leaveGroup: async ({ page }, { groupId }) => {
    await page.run(Nothing, (id) => WPP.group.leave(id), groupId);
  },
  getInvite: async ({ page }, input) => ({
    code: await page.run(
      z.string(),
      ({ groupId, revoke }) => (revoke ? WPP.group.revokeInviteCode(groupId) : WPP.group.getInviteCode(groupId)),
      input,
    ),
  }),
  joinGroup: async ({ page }, { code }) => {
    const { id } = await page.run(
      z.object({ id: z.string() }),
      (invite) => WPP.group.join(invite),
      code,
      JOIN_WITHIN_MS,
    );
    return { groupId: id };
  },
  listJoinRequests: async ({ page, addresses }, { groupId }) => {
    const requests = await page.run(Requests, (id) => WPP.group.getMembershipRequests(id), groupId);
    const people = await addresses.resolveAll(requests.map(({ id }) => id));
    return requests.map(({ t }, index) => ({ address: people[index]!, at: t ?? null }));
  },
};
