/** Requests about groups: the account's own, others' in which it is a member, and those in which it is not. */
import type { ParticipantFailure } from "../../../../contracts/participants.ts";
import { participantResult } from "../../../../contracts/participants.ts";
import { idOf, type World } from "./world.ts";
import { DONE, row, type Table } from "./table.ts";

const NOT_IN = { "absentGroup foreign left": "not_group_member" };
const NOT_ADMIN = { "theirs announced locked": "group_admin_only" };

/** One result for each participant: null for a change that was made. */
const results = (given: Record<string, ParticipantFailure | null>) =>
  Object.entries(given).map(([participant, failure]) => participantResult(participant, failure));

function participants(
  action: "add" | "remove" | "promote" | "demote",
  given: Record<string, ParticipantFailure | null>,
) {
  return row(
    (world, group) =>
      world.run.changeParticipants({ groupId: idOf(world, group), action, participants: idsOf(world, given) }),
    { ownGroup: results(given), ...NOT_ADMIN, ...NOT_IN },
  );
}

/** The ids of the people with these names. */
function idsOf(world: World, given: object): string[] {
  return Object.keys(given).map((name) => idOf(world, { own: "self", "peer-lid": "peerLid" }[name] ?? name));
}

function requests(approve: boolean, given: Record<string, ParticipantFailure | null>) {
  return row(
    (world, group) =>
      world.run.answerJoinRequests({ groupId: idOf(world, group), approve, participants: idsOf(world, given) }),
    { ownGroup: results(given), ...NOT_ADMIN, ...NOT_IN },
  );
}

function update(
  change: { name?: string; description?: string; announce?: boolean; locked?: boolean },
  mayMembers: boolean,
) {
  const [name, value] = Object.entries(change)[0]!;
  return row(
    async (world, group) => ({
      now: (await world.run.updateGroup({ groupId: idOf(world, group), ...change }))[name as keyof typeof change],
    }),
    {
      ...NOT_IN,
      ...(mayMembers
        ? { "ownGroup theirs announced": { now: value }, locked: "group_admin_only" }
        : { ownGroup: { now: value }, ...NOT_ADMIN }),
    },
  );
}

function nobody(answer: (world: World, groupId: string) => Promise<unknown>) {
  return row((world, group) => answer(world, idOf(world, group)), { "ownGroup theirs foreign": [] });
}

function create(given: Record<string, ParticipantFailure | null>) {
  return row(
    async (world) => (await world.run.createGroup({ name: "New", participants: idsOf(world, given) })).results,
    { new: results(given) },
  );
}

export const GROUP_TABLE: Table = {
  getGroup: row(async (world, group) => (await world.run.getGroup({ groupId: idOf(world, group) })) !== null, {
    "ownGroup theirs announced locked": true,
    "absentGroup foreign left": false,
  }),
  name: update({ name: "Renamed" }, true),
  description: update({ description: "words" }, true),
  announce: update({ announce: true }, false),
  "announce no more": update({ announce: false }, false),
  lock: update({ locked: true }, false),
  unlock: update({ locked: false }, false),
  getInvite: row(
    async (world, group) => typeof (await world.run.getInvite({ groupId: idOf(world, group), revoke: false })).code,
    {
      ownGroup: "string",
      ...NOT_ADMIN,
      ...NOT_IN,
    },
  ),
  replaceInvite: row(
    async (world, group) => typeof (await world.run.getInvite({ groupId: idOf(world, group), revoke: true })).code,
    {
      ownGroup: "string",
      ...NOT_ADMIN,
      ...NOT_IN,
    },
  ),
  joinGroup: row(
    async (world, name) => typeof (await world.run.joinGroup({ code: world.invites[name as "void"] })).groupId,
    {
      "approval member": "string",
      "replaced void": "target_not_found",
      empty: "rejected_by_network",
    },
  ),
  listJoinRequests: row((world, group) => world.run.listJoinRequests({ groupId: idOf(world, group) }), {
    ownGroup: [],
    ...NOT_ADMIN,
    ...NOT_IN,
  }),
  approve: requests(true, {
    other: "no_request",
    absent: "no_request",
    absentLid: "no_request",
    "peer-lid": "no_request",
  }),
  refuse: requests(false, { other: "no_request", absent: "no_request" }),
  "approve no one": nobody((world, groupId) =>
    world.run.answerJoinRequests({ groupId, approve: true, participants: [] }),
  ),
  add: participants("add", {
    peer: "already_participant",
    "peer-lid": "already_participant",
    absent: "not_on_whatsapp",
    absentLid: "not_on_whatsapp",
    blocking: "privacy",
    blocked: null,
    own: "already_participant",
  }),
  "add a number that is not on WhatsApp": participants("add", { absent: "not_on_whatsapp" }),
  "add no one": nobody((world, groupId) => world.run.changeParticipants({ groupId, action: "add", participants: [] })),
  promote: participants("promote", {
    peer: null,
    "peer-lid": null,
    absent: "not_participant",
    stranger: "not_participant",
    own: "no_change",
  }),
  "promote again": participants("promote", { peer: "no_change", "peer-lid": "no_change" }),
  demote: participants("demote", { "peer-lid": null, peer: null, stranger: "not_participant" }),
  "demote again": participants("demote", { peer: "no_change", absentLid: "not_participant" }),
  remove: participants("remove", {
    peer: null,
    "peer-lid": null,
    absent: "not_participant",
    stranger: "not_participant",
  }),
  "remove again": participants("remove", { peer: "not_participant" }),
  "remove no one": nobody((world, groupId) =>
    world.run.changeParticipants({ groupId, action: "remove", participants: [] }),
  ),
  "create with no one": create({}),
  create: create({
    own: "already_participant",
    peer: null,
    "peer-lid": null,
    absent: "not_on_whatsapp",
    absentLid: "not_on_whatsapp",
    blocking: "privacy",
    blocked: null,
  }),
  "create with a number that is not on WhatsApp": create({ absent: "not_on_whatsapp" }),
  leaveGroup: row((world, group) => world.run.leaveGroup({ groupId: idOf(world, group) }), {
    "ownGroup theirs announced locked": DONE,
    ...NOT_IN,
  }),
  "leaveGroup again": row((world, group) => world.run.leaveGroup({ groupId: idOf(world, group) }), {
    "ownGroup theirs": "not_group_member",
  }),
};
