/** Groups of a session's account, read and changed through its actor. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import type { z } from "zod";
import type { StoredMedia } from "../../contracts/media.ts";
import { communityActions } from "./community-actions.ts";
import { requireGroupId } from "./group-id.ts";
import { Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/group.ts";
import type { Group } from "../../contracts/routes/group.ts";
import { operateSession, type GroupInfo, type OperationInput } from "../../actors/call-session.ts";
import { actionsOf } from "../../access/serve.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";
import { locateSession, type LocatedSession } from "../../access/session-scope.ts";

const { serve } = actionsOf<DatabaseLocals>();

function toView({ createdAt, participants, ...group }: GroupInfo): z.infer<typeof Group> {
  return {
    ...group,
    participants: [...participants],
    createdAt: createdAt === null ? null : new Date(createdAt).toISOString(),
  };
}

/** The code at the end of an invite link; the text itself when it is no link. */
function codeOf(invite: string): string {
  return invite.replace(/^.*\//, "");
}

function toChatIds(session: LocatedSession, participants: readonly string[]): string[] {
  return session.chatIds(participants, "/participants");
}

/** The action that makes one kind of change to participants. */
function changeParticipants(
  route: typeof routes.addParticipants,
  action: OperationInput<"changeParticipants">["action"],
) {
  return serve(route, async function (ctx) {
    const session = await locateSession(this.database, ctx);
    const input = {
      groupId: requireGroupId(ctx.params.params.id),
      action,
      participants: toChatIds(session, ctx.params.body.participants),
    };
    return { data: await operateSession(ctx, this.database, session.sessionId, "changeParticipants", input) };
  });
}

function getInvite(route: typeof routes.getInvite, revoke: boolean) {
  return serve(route, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const { code } = await operateSession(ctx, this.database, sessionId, "getInvite", {
      groupId: requireGroupId(ctx.params.params.id),
      revoke,
    });
    return { code, link: `https://chat.whatsapp.com/${code}` };
  });
}

export default {
  name: "group",
  mixins: [databaseMixin],

  actions: {
    ...communityActions,

    list: serve(routes.listGroups, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      return { data: (await operateSession(ctx, this.database, sessionId, "listGroups", {})).map(toView) };
    }),

    create: serve(routes.createGroup, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      const { name, participants } = ctx.params.body;
      const { group, results } = await operateSession(ctx, this.database, session.sessionId, "createGroup", {
        name,
        participants: toChatIds(session, participants),
      });
      return { ...toView(group), results };
    }),

    get: serve(routes.getGroup, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const group = await operateSession(ctx, this.database, sessionId, "getGroup", {
        groupId: requireGroupId(ctx.params.params.id),
      });
      if (group === null) throw new Problem("not_found", "the account is not in this group");
      return toView(group);
    }),

    update: serve(routes.updateGroup, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      return toView(
        await operateSession(ctx, this.database, sessionId, "updateGroup", {
          groupId: requireGroupId(ctx.params.params.id),
          ...ctx.params.body,
        }),
      );
    }),

    leave: serve(routes.leaveGroup, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      await operateSession(ctx, this.database, sessionId, "leaveGroup", {
        groupId: requireGroupId(ctx.params.params.id),
      });
    }),

    addParticipants: changeParticipants(routes.addParticipants, "add"),
    removeParticipants: changeParticipants(routes.removeParticipants, "remove"),
    promote: changeParticipants(routes.promoteParticipants, "promote"),
    demote: changeParticipants(routes.demoteParticipants, "demote"),
    invite: getInvite(routes.getInvite, false),
    revokeInvite: getInvite(routes.revokeInvite, true),

    inviteInfo: serve(routes.getInviteInfo, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const code = codeOf(ctx.params.params.invite);
      return operateSession(ctx, this.database, sessionId, "getInviteInfo", { code });
    }),

    setPicture: serve(routes.setGroupPicture, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const id = requireGroupId(ctx.params.params.id);
      const request = { kind: "image", media: ctx.params.body.media };
      const media = await ctx.call<StoredMedia, object>("message.storeMedia", request);
      await operateSession(ctx, this.database, sessionId, "setPicture", { groupId: id, media });
      return { ok: true } as const;
    }),

    removePicture: serve(routes.removeGroupPicture, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const id = requireGroupId(ctx.params.params.id);
      await operateSession(ctx, this.database, sessionId, "setPicture", { groupId: id, media: null });
    }),

    join: serve(routes.joinGroup, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      return operateSession(ctx, this.database, sessionId, "joinGroup", {
        code: codeOf(ctx.params.body.invite),
      });
    }),

    requests: serve(routes.listJoinRequests, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const requests = await operateSession(ctx, this.database, sessionId, "listJoinRequests", {
        groupId: requireGroupId(ctx.params.params.id),
      });
      return {
        data: requests.map(({ address, at }) => ({ address, at: at === null ? null : new Date(at).toISOString() })),
      };
    }),

    answerRequests: serve(routes.answerJoinRequests, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      const { participants, decision } = ctx.params.body;
      const input = {
        groupId: requireGroupId(ctx.params.params.id),
        participants: toChatIds(session, participants),
        approve: decision === "approve",
      };
      return { data: await operateSession(ctx, this.database, session.sessionId, "answerJoinRequests", input) };
    }),
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, DatabaseLocals>;
