/** The API of the simulated WhatsApp network in sandbox/: phones, their actions, and faults on demand. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { z } from "zod";
import * as routes from "../../contracts/routes/sandbox.ts";
import type { SandboxEndpoint } from "../../contracts/sandbox-wire.ts";
import { principalOf } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { openSandbox } from "../../sandbox/sandbox.ts";
import { sandboxOf, type SandboxLocals, type SandboxService } from "./types.ts";
import { phoneActions } from "./phone-actions.ts";

const { serve, internal } = actionsOf<SandboxService>();

export default {
  name: "sandbox",

  actions: {
    ...phoneActions,

    getFaults: serve(routes.getFaults, function (ctx) {
      return sandboxOf(this).faults.get(principalOf(ctx).tenantId, ctx.params.query.phone);
    }),

    setFaults: serve(routes.setFaults, function (ctx) {
      return sandboxOf(this).faults.set(principalOf(ctx).tenantId, ctx.params.query.phone, ctx.params.body);
    }),

    /** The address to which sandbox sessions connect. */
    endpoint: internal(z.object({}), function (): SandboxEndpoint {
      return sandboxOf(this).endpoint;
    }),
  },

  created() {
    this.sandbox = null;
  },

  async started() {
    const { dataDir, sandboxHost } = configOf(this.broker);
    this.sandbox = await openSandbox({
      dataDir,
      host: sandboxHost,
      onError: (error) => this.logger.error("sandbox failed in the background", { error }),
    });
    this.logger.info("sandbox is open", { ...this.sandbox.endpoint });
  },

  async stopped() {
    await this.sandbox?.close();
    this.sandbox = null;
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, SandboxLocals>;
