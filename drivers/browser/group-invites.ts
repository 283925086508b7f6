/** Operations on the invites of groups, and on requests to join. */
import { z } from "zod";
import type { ParticipantResult } from "../../contracts/participants.ts";
import type { Handlers } from "./handlers.ts";
import { requireMember } from "./membership.ts";
import { perPerson, toResults } from "./participant-results.ts";
import { lenient, Serialized, Time } from "./shapes.ts";

const JOIN_WITHIN_MS = 15_000;
const Answers = z.array(z.object({ wid: Serialized, error: z.unknown() }));
const Requests = z.array(z.object({ id: Serialized, t: Time.nullish() }));
const Invited = z.object({
  id: Serialized,
  subject: z.string(),
  desc: lenient(z.string()),
  owner: lenient(Serialized),
  size: lenient(z.number()),
  membershipApprovalMode: lenient(z.boolean()),
});

async function answerJoinRequests(
  ...[client, { groupId, participants, approve }]: Parameters<Handlers["answerJoinRequests"]>
): Promise<ParticipantResult[]> {
  if (participants.length === 0) return [];
  await requireMember(client.page, groupId, true);
  return perPerson(client, participants, async (people) => {
    const answers = await client.page.run(
      Answers,
      (input) =>
        input.approve
          ? WPP.group.approve(input.groupId, [...input.people])
          : WPP.group.reject(input.groupId, [...input.people]),
      { groupId, people, approve },
    );
    const codes = answers.map(({ wid, error }) => [wid, { code: error ? Number(error) : 200 }]);
    return toResults(client.addresses, people, Object.fromEntries(codes), "answer");
  });
}

type InviteOperation = "getInvite" | "getInviteInfo" | "joinGroup" | "listJoinRequests" | "answerJoinRequests";

export const INVITE_HANDLERS: Pick<Handlers, InviteOperation> = {
  answerJoinRequests,
  getInvite: async ({ page }, input) => {
    await requireMember(page, input.groupId);
    const code = await page.run(
      z.string(),
      ({ groupId, revoke }) => (revoke ? WPP.group.revokeInviteCode(groupId) : WPP.group.getInviteCode(groupId)),
      input,
    );
    return { code };
  },
  getInviteInfo: async ({ page, addresses }, { code }) => {
    const { id, subject, desc, owner, size, membershipApprovalMode } = await page.run(
      Invited,
      (invite) => WPP.group.getGroupInfoFromInviteCode(invite),
      code,
    );
    return {
      groupId: id,
      name: subject,
      description: desc ?? null,
      owner: owner === undefined ? null : await addresses.resolve(owner),
      size: size ?? 0,
      joinApproval: membershipApprovalMode === true,
    };
  },
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
    await requireMember(page, groupId, true);
    const requests = await page.run(Requests, (id) => WPP.group.getMembershipRequests(id), groupId);
    const people = await addresses.resolveAll(requests.map(({ id }) => id));
    return requests.map(({ t }, index) => ({ address: people[index]!, at: t ?? null }));
  },
};
