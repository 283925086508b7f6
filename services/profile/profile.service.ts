/** The account of a session itself: its profile, privacy settings and devices, read and changed through its actor. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { actionsOf } from "../../access/serve.ts";
import { locateSession, type LocatedSession } from "../../access/session-scope.ts";
import { operateSession } from "../../actors/call-session.ts";
import type { StoredMedia } from "../../contracts/media.ts";
import type { PrivacySetting } from "../../contracts/privacy.ts";
import * as routes from "../../contracts/routes/profile.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";

const DONE = { ok: true } as const;

const { serve } = actionsOf<DatabaseLocals>();

export default {
  name: "profile",
  mixins: [databaseMixin],

  actions: {
    get: serve(routes.getProfile, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      return operateSession(ctx, this.database, sessionId, "getProfile", {});
    }),

    update: serve(routes.updateProfile, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      await operateSession(ctx, this.database, sessionId, "setProfile", ctx.params.body);
      return operateSession(ctx, this.database, sessionId, "getProfile", {});
    }),

    setPicture: serve(routes.setProfilePicture, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const media = await ctx.call<StoredMedia, object>("message.storeMedia", {
        kind: "image",
        media: ctx.params.body.media,
      });
      await operateSession(ctx, this.database, sessionId, "setPicture", { groupId: null, media });
      return DONE;
    }),

    removePicture: serve(routes.removeProfilePicture, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      await operateSession(ctx, this.database, sessionId, "setPicture", { groupId: null, media: null });
    }),

    getBusiness: serve(routes.getOwnBusinessProfile, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      return operateSession(ctx, this.database, sessionId, "getOwnBusinessProfile", {});
    }),

    updateBusiness: serve(routes.updateBusinessProfile, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      await operateSession(ctx, this.database, sessionId, "setBusinessProfile", ctx.params.body);
      return operateSession(ctx, this.database, sessionId, "getOwnBusinessProfile", {});
    }),

    privacy: serve(routes.getPrivacy, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      return operateSession(ctx, this.database, sessionId, "getPrivacy", {});
    }),

    updatePrivacy: serve(routes.updatePrivacy, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      for (const change of readChanges(session, ctx.params.body))
        await operateSession(ctx, this.database, session.sessionId, "setPrivacy", change);
      return operateSession(ctx, this.database, session.sessionId, "getPrivacy", {});
    }),

    devices: serve(routes.listDevices, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      return { data: await operateSession(ctx, this.database, sessionId, "listDevices", {}) };
    }),
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, DatabaseLocals>;

type Change = string | { readonly value: string; readonly people: readonly string[] } | undefined;

/** The changes in a request; all of it is read before the first is made. */
function readChanges(session: LocatedSession, body: Readonly<Partial<Record<PrivacySetting, Change>>>) {
  return Object.entries(body).flatMap(([name, change]) => {
    const setting = name as PrivacySetting;
    if (change === undefined) return [];
    if (typeof change === "string") return [{ setting, value: change }];
    return [{ setting, value: change.value, people: session.chatIds(change.people, `/${name}/people`) }];
  });
}
