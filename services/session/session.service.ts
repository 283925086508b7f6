/** WhatsApp sessions: the resource, the wishes about it, and the node of this process that makes them so. */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import { SessionNode } from "../../actors/session-node.ts";
import type { SandboxEndpoint } from "../../actors/operate.ts";
import { AUTH_CHANGED, type AccessChange } from "../../access/access-changes.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import { stopTenantSessions } from "../../db/statements/sessions/placements.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { announceEvents } from "../../event-log/readers.ts";
import { Poller } from "../../concurrency/poller.ts";
import { QUEUE_READY } from "../../outbox/queue-hint.ts";
import { sessionGauges } from "./gauges.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { commandActions, SESSION_DESIRED } from "./command-actions.ts";
import type { SessionLocals } from "./types.ts";
import { createNodeMetrics } from "./node-metrics.ts";
import { resourceActions } from "./resource-actions.ts";

/** ms between two looks at what is wanted, when no hint comes. */
const INTERVAL = 1_000;

export default {
  name: "session",
  mixins: [secretsMixin, sessionGauges, databaseMixin],

  actions: { ...resourceActions, ...commandActions },

  events: {
    [SESSION_DESIRED]() {
      this.poller.wake();
    },
    /** A suspension has stopped the tenant's sessions; what was started meanwhile by the limits of before is stopped here. They are started again by hand. */
    async [AUTH_CHANGED](ctx: Context<AccessChange>) {
      const { tenantId, userId, apiKeyId, loginId } = ctx.params;
      if (userId !== undefined || apiKeyId !== undefined || loginId !== undefined) return;
      const limits = await this.broker
        .call<TenantLimits | null, { tenantId: string }>("tenant.limits", { tenantId })
        .catch(() => null);
      if (limits?.status !== "suspended") return;
      await stopTenantSessions(this.database, tenantId);
      this.poller.wake();
    },

    [QUEUE_READY](ctx: Context<{ sessionIds: string[] }>) {
      this.node.nudge(ctx.params.sessionIds);
    },
  },

  async started() {
    const config = configOf(this.broker);
    this.node = new SessionNode({
      database: this.database,
      dataDir: config.dataDir,
      placeName: config.nodeId ?? "main",
      nodeId: this.broker.nodeID,
      threads: config.threads,
      maxSessions: config.maxSessions,
      chromium: config.chromium,
      announce: () => announceEvents(this.broker),
      log: (level, message, facts) => this.logger[level](message, facts),
      findSandbox: () =>
        this.broker.call<SandboxEndpoint | null, object>("sandbox.endpoint", {}, { timeout: 5_000 }).catch(() => null),
      tell: createNodeMetrics(this.broker),
      onFenced: (reason) => this.broker.fatal(`the lease on this node's sessions is lost: ${reason}`),
    });
    await this.node.start();
    this.poller = new Poller({
      name: "sessions",
      interval: INTERVAL,
      logger: this.logger,
      work: () => this.node.step(),
    });
    // In one process the sandbox comes up beside us; its sessions had better not be tried before.
    const beside = config.services.includes("sandbox") ? ["sandbox"] : [];
    this.broker
      .waitForServices(beside, 15_000)
      .catch((error: unknown) => this.logger.warn("sandbox is not up", { error: String(error) }))
      .finally(() => this.poller.start());
  },

  async stopped() {
    await this.poller?.stop();
    await this.node?.stop();
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, SessionLocals>;
