/** Groups of a session's account, asked of its actor. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import type { z } from "zod";
import { isChatId } from "../../contracts/address.ts";
import { fieldProblem, Problem } from "../../contracts/errors.ts";
import type * as routes from "../../contracts/routes/group.ts";
import type { Group } from "../../contracts/routes/group.ts";
import { operateSession, type GroupInfo, type OperationInput } from "../../actors/operate.ts";
import type { Call } from "../../access/call.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";
import { locateSession, type LocatedSession } from "../../access/session-scope.ts";

function toView({ createdAt, participants, ...group }: GroupInfo): z.infer<typeof Group> {
  return {
    ...group,
    participants: [...participants],
    createdAt: createdAt === null ? null : new Date(createdAt).toISOString(),
  };
}

function groupId(id: string): string {
  if (!isChatId(id) || !id.endsWith("@g.us"))
    throw fieldProblem("invalid_phone", ":id", `"${id}" is not the id of a group; …@g.us is expected`);
  return id;
}

function toChatIds(session: LocatedSession, participants: readonly string[]): string[] {
  return participants.map((participant, index) => session.chatId(participant, `/participants/${index}`));
}

/** The action that changes participants in one way. */
function changing(action: OperationInput<"changeParticipants">["action"]) {
  return async function (this: DatabaseLocals, ctx: Call<typeof routes.addParticipants>) {
    const session = await locateSession(this.database, ctx);
    const input = {
      groupId: groupId(ctx.params.params.id),
      action,
      participants: toChatIds(session, ctx.params.body.participants),
    };
    return { data: await operateSession(ctx, session.sessionId, "changeParticipants", input) };
  };
}

function inviting(revoke: boolean) {
  return async function (this: DatabaseLocals, ctx: Call<typeof routes.getInvite>) {
    const { sessionId } = await locateSession(this.database, ctx);
    const { code } = await operateSession(ctx, sessionId, "getInvite", {
      groupId: groupId(ctx.params.params.id),
      revoke,
    });
    return { code, link: `https://chat.whatsapp.com/${code}` };
  };
}

export default {
  name: "group",
  mixins: [databaseMixin],

  actions: {
    async list(ctx: Call<typeof routes.listGroups>) {
      const { sessionId } = await locateSession(this.database, ctx);
      return { data: (await operateSession(ctx, sessionId, "listGroups", {})).map(toView) };
    },

    async create(ctx: Call<typeof routes.createGroup>) {
      const session = await locateSession(this.database, ctx);
      const { name, participants } = ctx.params.body;
      const { group, results } = await operateSession(ctx, session.sessionId, "createGroup", {
        name,
        participants: toChatIds(session, participants),
      });
      return { ...toView(group), results };
    },

    async get(ctx: Call<typeof routes.getGroup>) {
      const { sessionId } = await locateSession(this.database, ctx);
      const group = await operateSession(ctx, sessionId, "getGroup", { groupId: groupId(ctx.params.params.id) });
      if (group === null) throw new Problem("not_found", "the account is not in this group");
      return toView(group);
    },

    async update(ctx: Call<typeof routes.updateGroup>) {
      const { sessionId } = await locateSession(this.database, ctx);
      const { name, description, announce, locked } = ctx.params.body;
      const changes = {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(announce === undefined ? {} : { announce }),
        ...(locked === undefined ? {} : { locked }),
      };
      return toView(
        await operateSession(ctx, sessionId, "updateGroup", { groupId: groupId(ctx.params.params.id), ...changes }),
      );
    },

    async leave(ctx: Call<typeof routes.leaveGroup>): Promise<void> {
      const { sessionId } = await locateSession(this.database, ctx);
      await operateSession(ctx, sessionId, "leaveGroup", { groupId: groupId(ctx.params.params.id) });
    },

    addParticipants: changing("add"),
    removeParticipants: changing("remove"),
    promote: changing("promote"),
    demote: changing("demote"),
    invite: inviting(false),
    revokeInvite: inviting(true),

    async join(ctx: Call<typeof routes.joinGroup>) {
      const { sessionId } = await locateSession(this.database, ctx);
      return operateSession(ctx, sessionId, "joinGroup", { code: ctx.params.body.invite.replace(/^.*\//, "") });
    },

    async requests(ctx: Call<typeof routes.listJoinRequests>) {
      const { sessionId } = await locateSession(this.database, ctx);
      const requests = await operateSession(ctx, sessionId, "listJoinRequests", {
        groupId: groupId(ctx.params.params.id),
      });
      return {
        data: requests.map(({ address, at }) => ({ address, at: at === null ? null : new Date(at).toISOString() })),
      };
    },

    async answerRequests(ctx: Call<typeof routes.answerJoinRequests>) {
      const session = await locateSession(this.database, ctx);
      const { participants, decision } = ctx.params.body;
      const input = {
        groupId: groupId(ctx.params.params.id),
        participants: toChatIds(session, participants),
        approve: decision === "approve",
      };
      return { data: await operateSession(ctx, session.sessionId, "answerJoinRequests", input) };
    },
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, DatabaseLocals>;
