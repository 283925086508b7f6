/** The actions of simulated phones. */
import * as routes from "../../contracts/routes/sandbox.ts";
import { principalOf } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { sandboxOf, type SandboxService } from "./types.ts";

const { serve } = actionsOf<SandboxService>();

export const phoneActions = {
  listPhones: serve(routes.listPhones, function (ctx) {
    return sandboxOf(this).phones.list(principalOf(ctx).tenantId, ctx.params.query);
  }),

  createPhone: serve(routes.createPhone, function (ctx) {
    return sandboxOf(this).phones.create(principalOf(ctx).tenantId, ctx.params.body);
  }),

  getPhone: serve(routes.getPhone, function (ctx) {
    return sandboxOf(this).phones.get(principalOf(ctx).tenantId, ctx.params.params.phone);
  }),

  changePhone: serve(routes.changePhone, function (ctx) {
    return sandboxOf(this).phones.change(principalOf(ctx).tenantId, ctx.params.params.phone, ctx.params.body);
  }),

  removePhone: serve(routes.removePhone, function (ctx) {
    return sandboxOf(this).phones.remove(principalOf(ctx).tenantId, ctx.params.params.phone);
  }),

  scan: serve(routes.scan, function (ctx) {
    return sandboxOf(this).phones.scan(principalOf(ctx).tenantId, ctx.params.params.phone, ctx.params.body);
  }),

  sendMessage: serve(routes.sendMessage, function (ctx) {
    return sandboxOf(this).phones.send(principalOf(ctx).tenantId, ctx.params.params.phone, ctx.params.body);
  }),

  sendTyping: serve(routes.sendTyping, function (ctx) {
    const { to, state } = ctx.params.body;
    return sandboxOf(this).phones.type(principalOf(ctx).tenantId, ctx.params.params.phone, to, state);
  }),

  setPresence: serve(routes.setPresence, function (ctx) {
    return sandboxOf(this).phones.setPresence(
      principalOf(ctx).tenantId,
      ctx.params.params.phone,
      ctx.params.body.state === "online",
    );
  }),

  readChat: serve(routes.readChat, function (ctx) {
    const { from, played } = ctx.params.body;
    return sandboxOf(this).phones.read(principalOf(ctx).tenantId, ctx.params.params.phone, from, played);
  }),

  unlinkDevices: serve(routes.unlinkDevices, function (ctx) {
    return sandboxOf(this).phones.unlink(principalOf(ctx).tenantId, ctx.params.params.phone, ctx.params.body.device);
  }),

  call: serve(routes.call, function (ctx) {
    const { to, video } = ctx.params.body;
    return sandboxOf(this).phones.call(principalOf(ctx).tenantId, ctx.params.params.phone, to, video);
  }),

  act: serve(routes.act, async function (ctx) {
    const { act, input } = ctx.params.body;
    const output = await sandboxOf(this).phones.act(principalOf(ctx).tenantId, ctx.params.params.phone, act, input);
    return { output };
  }),

  listInbox: serve(routes.listInbox, function (ctx) {
    return sandboxOf(this).phones.inbox(principalOf(ctx).tenantId, ctx.params.params.phone, ctx.params.query);
  }),
};
