/** Channels of a session's account, read and changed through its actor. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import type { z } from "zod";
import { actionsOf } from "../../access/serve.ts";
import { locateSession } from "../../access/session-scope.ts";
import { operateSession, type OperationOutput } from "../../actors/call-session.ts";
import type { StoredMedia } from "../../contracts/media.ts";
import * as routes from "../../contracts/routes/channel.ts";
import { statusActions } from "./status-actions.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";

const DONE = { ok: true } as const;

const { serve } = actionsOf<DatabaseLocals>();

function toView({ createdAt, ...channel }: OperationOutput<"getChannel">): z.infer<typeof routes.Channel> {
  return { ...channel, createdAt: createdAt === null ? null : new Date(createdAt).toISOString() };
}

function follow(route: typeof routes.followChannel, isFollowed: boolean) {
  return serve(route, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const input = { id: ctx.params.params.id, follow: isFollowed };
    await operateSession(ctx, this.database, sessionId, "followChannel", input);
    return DONE;
  });
}

function mute(route: typeof routes.muteChannel, muted: boolean) {
  return serve(route, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    await operateSession(ctx, this.database, sessionId, "muteChannel", { id: ctx.params.params.id, muted });
    return DONE;
  });
}

export default {
  name: "channel",
  mixins: [databaseMixin],

  actions: {
    ...statusActions,

    list: serve(routes.listChannels, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const { find, limit } = ctx.params.query;
      const found =
        find === undefined
          ? await operateSession(ctx, this.database, sessionId, "listChannels", {})
          : await operateSession(ctx, this.database, sessionId, "findChannels", { text: find, limit });
      return { data: found.map(toView) };
    }),

    create: serve(routes.createChannel, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const { picture, ...given } = ctx.params.body;
      const media =
        picture === undefined
          ? null
          : await ctx.call<StoredMedia, object>("message.storeMedia", { kind: "image", media: picture });
      return toView(await operateSession(ctx, this.database, sessionId, "createChannel", { ...given, media }));
    }),

    get: serve(routes.getChannel, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const { id } = ctx.params.params;
      return toView(await operateSession(ctx, this.database, sessionId, "getChannel", { id }));
    }),

    update: serve(routes.updateChannel, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const change = { id: ctx.params.params.id, ...ctx.params.body };
      return toView(await operateSession(ctx, this.database, sessionId, "updateChannel", change));
    }),

    remove: serve(routes.deleteChannel, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      await operateSession(ctx, this.database, sessionId, "deleteChannel", { id: ctx.params.params.id });
    }),

    follow: follow(routes.followChannel, true),
    unfollow: follow(routes.unfollowChannel, false),
    mute: mute(routes.muteChannel, true),
    unmute: mute(routes.unmuteChannel, false),

    followers: serve(routes.listFollowers, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const input = { id: ctx.params.params.id, limit: ctx.params.query.limit };
      return { data: await operateSession(ctx, this.database, sessionId, "listChannelFollowers", input) };
    }),
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, DatabaseLocals>;
