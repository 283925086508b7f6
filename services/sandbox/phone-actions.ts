/** The actions of pretend phones: each hands what the gateway has checked to the tenant's phone. */
import type * as routes from "../../contracts/routes/sandbox.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { sandboxOf, type SandboxService } from "./types.ts";

export const phoneActions = {
  listPhones(this: SandboxService, ctx: Call<typeof routes.listPhones>) {
    return sandboxOf(this).phones.list(principalOf(ctx).tenantId, ctx.params.query);
  },

  createPhone(this: SandboxService, ctx: Call<typeof routes.createPhone>) {
    return sandboxOf(this).phones.create(principalOf(ctx).tenantId, ctx.params.body);
  },

  getPhone(this: SandboxService, ctx: Call<typeof routes.getPhone>) {
    return sandboxOf(this).phones.get(principalOf(ctx).tenantId, ctx.params.params.phone);
  },

  changePhone(this: SandboxService, ctx: Call<typeof routes.changePhone>) {
    return sandboxOf(this).phones.change(principalOf(ctx).tenantId, ctx.params.params.phone, ctx.params.body);
  },

  removePhone(this: SandboxService, ctx: Call<typeof routes.removePhone>) {
    return sandboxOf(this).phones.remove(principalOf(ctx).tenantId, ctx.params.params.phone);
  },

  scan(this: SandboxService, ctx: Call<typeof routes.scan>) {
    return sandboxOf(this).phones.scan(principalOf(ctx).tenantId, ctx.params.params.phone, ctx.params.body);
  },

  sendMessage(this: SandboxService, ctx: Call<typeof routes.sendMessage>) {
    return sandboxOf(this).phones.send(principalOf(ctx).tenantId, ctx.params.params.phone, ctx.params.body);
  },

  sendTyping(this: SandboxService, ctx: Call<typeof routes.sendTyping>) {
    const { to, state } = ctx.params.body;
    return sandboxOf(this).phones.type(principalOf(ctx).tenantId, ctx.params.params.phone, to, state);
  },

  setPresence(this: SandboxService, ctx: Call<typeof routes.setPresence>) {
    return sandboxOf(this).phones.setPresence(
      principalOf(ctx).tenantId,
      ctx.params.params.phone,
      ctx.params.body.state === "online",
    );
  },

  readChat(this: SandboxService, ctx: Call<typeof routes.readChat>) {
    const { from, played } = ctx.params.body;
    return sandboxOf(this).phones.read(principalOf(ctx).tenantId, ctx.params.params.phone, from, played);
  },

  unlinkDevices(this: SandboxService, ctx: Call<typeof routes.unlinkDevices>) {
    return sandboxOf(this).phones.unlink(principalOf(ctx).tenantId, ctx.params.params.phone, ctx.params.body.device);
  },

  call(this: SandboxService, ctx: Call<typeof routes.call>) {
    const { to, video } = ctx.params.body;
    return sandboxOf(this).phones.call(principalOf(ctx).tenantId, ctx.params.params.phone, to, video);
  },

  listInbox(this: SandboxService, ctx: Call<typeof routes.listInbox>) {
    return sandboxOf(this).phones.inbox(principalOf(ctx).tenantId, ctx.params.params.phone, ctx.params.query);
  },
};
