/** The pretend WhatsApp network, behind the API: phones, what they do, and faults on demand. The network itself is in sandbox/. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import type * as routes from "../../contracts/routes/sandbox.ts";
import type { SandboxEndpoint } from "../../contracts/sandbox-wire.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { openSandbox } from "../../sandbox/sandbox.ts";
import { sandboxOf, type SandboxLocals, type SandboxService } from "./types.ts";
import { phoneActions } from "./phone-actions.ts";

export default {
  name: "sandbox",

  actions: {
    ...phoneActions,

    getFaults(this: SandboxService, ctx: Call<typeof routes.getFaults>) {
      return sandboxOf(this).faults.get(principalOf(ctx).tenantId, ctx.params.query.phone);
    },

    setFaults(this: SandboxService, ctx: Call<typeof routes.setFaults>) {
      return sandboxOf(this).faults.set(principalOf(ctx).tenantId, ctx.params.query.phone, ctx.params.body);
    },

    /** Where sessions of the sandbox connect to. */
    endpoint: {
      visibility: "public",
      handler(this: SandboxService): SandboxEndpoint {
        return sandboxOf(this).endpoint;
      },
    },
  },

  created() {
    this.sandbox = null;
  },

  async started() {
    const { dataDir, sandboxHost } = configOf(this.broker);
    this.sandbox = await openSandbox({
      dataDir,
      host: sandboxHost,
      onError: (error) => this.logger.error("work of the sandbox failed", { error }),
    });
    this.logger.info("sandbox is open", { ...this.sandbox.endpoint });
  },

  async stopped() {
    await this.sandbox?.close();
    this.sandbox = null;
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, SandboxLocals>;
