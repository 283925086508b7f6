/** Communities of a session's account, read and changed through its actor. */
import type { z } from "zod";
import { actionsOf } from "../../access/serve.ts";
import { locateSession } from "../../access/session-scope.ts";
import { operateSession, type GroupInfo } from "../../actors/call-session.ts";
import { Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/community.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import { requireGroupId } from "./group-id.ts";

const { serve } = actionsOf<DatabaseLocals>();

/** The community with its groups, out of all groups of the account. */
function toView(community: GroupInfo, all: readonly GroupInfo[]): z.infer<typeof routes.Community> {
  const { id, name, description, participants } = community;
  const children = all.filter((group) => group.community === id);
  return {
    id,
    name,
    description,
    announcements: children.find(({ kind }) => kind === "announcements")?.id ?? null,
    groups: children.filter(({ kind }) => kind === "group").map((group) => group.id),
    participants: participants.length,
  };
}

function changeGroups(route: typeof routes.addGroups, link: boolean) {
  return serve(route, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const groups = ctx.params.body.groups.map((id, index) => requireGroupId(id, `/groups/${index}`));
    const input = { groupId: requireGroupId(ctx.params.params.id), groups, link };
    return operateSession(ctx, this.database, sessionId, "linkGroups", input);
  });
}

export const communityActions = {
  communities: serve(routes.listCommunities, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const all = await operateSession(ctx, this.database, sessionId, "listGroups", {});
    return { data: all.filter(({ kind }) => kind === "community").map((community) => toView(community, all)) };
  }),

  "communities.create": serve(routes.createCommunity, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const { name, description } = ctx.params.body;
    const groups = ctx.params.body.groups.map((id, index) => requireGroupId(id, `/groups/${index}`));
    const input = { name, description, groups };
    const { community, results } = await operateSession(ctx, this.database, sessionId, "createCommunity", input);
    const all = await operateSession(ctx, this.database, sessionId, "listGroups", {});
    return { ...toView(community, all), results };
  }),

  "communities.get": serve(routes.getCommunity, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const id = requireGroupId(ctx.params.params.id);
    const all = await operateSession(ctx, this.database, sessionId, "listGroups", {});
    const community = all.find((group) => group.id === id && group.kind === "community");
    if (community === undefined) throw new Problem("not_found", "the account is not in this community");
    return toView(community, all);
  }),

  "communities.deactivate": serve(routes.deactivateCommunity, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const groupId = requireGroupId(ctx.params.params.id);
    await operateSession(ctx, this.database, sessionId, "deactivateCommunity", { groupId });
  }),

  "communities.addGroups": changeGroups(routes.addGroups, true),
  "communities.removeGroups": changeGroups(routes.removeGroups, false),
};
