/** WhatsApp sessions: the resource, its desired state, and this process's session node, which acts on it. */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import type { SandboxEndpoint } from "../../actors/call-session.ts";
import { SessionNode } from "../../actors/session-node.ts";
import { AUTH_CHANGED, QUEUE_READY, SESSION_DESIRED, type AccessChange } from "../../contracts/broadcasts.ts";
import { Poller } from "../../concurrency/poller.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import { stopTenantSessions } from "../../db/statements/sessions/placements.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { sessionGauges } from "./gauges.ts";
import { lifecycleActions } from "./lifecycle-actions.ts";
import { linkingActions } from "./linking-actions.ts";
import { nodeActions } from "./node-actions.ts";
import { createNodeMetrics } from "./node-metrics.ts";
import { resourceActions } from "./resource-actions.ts";
import type { SessionLocals } from "./types.ts";

/** ms between two comparisons with the desired state when no hint arrives. */
const INTERVAL = 1_000;
/** ms that the first comparison waits for a sandbox in the same process. */
const SANDBOX_START = 15_000;

export default {
  name: "session",
  mixins: [secretsMixin, sessionGauges, databaseMixin],

  actions: { ...resourceActions, ...lifecycleActions, ...linkingActions, ...nodeActions },

  events: {
    [SESSION_DESIRED]() {
      this.poller.wake();
    },

    /** Suspending a tenant stops its sessions. One that was started meanwhile, under old limits, is stopped here. */
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
      directoryName: config.nodeId ?? "main",
      nodeId: this.broker.nodeID,
      threads: config.threads,
      maxSessions: config.maxSessions,
      driverSettings: { browser: config.chromium, light: {} },
      announce: () => announceEvents(this.broker),
      log: (level, message, details) => this.logger[level](message, details),
      findSandbox: () =>
        this.broker.call<SandboxEndpoint | null, object>("sandbox.endpoint", {}, { timeout: 5_000 }).catch(() => null),
      onEvent: createNodeMetrics(this.broker),
      onFenced: (reason) => this.broker.fatal(`the lease on this node's sessions is lost: ${reason}`),
    });
    await this.node.start();
    this.poller = new Poller({
      name: "sessions",
      interval: INTERVAL,
      logger: this.logger,
      work: () => this.node.step(),
    });
    // In one process the sandbox starts at the same time; its sessions would fail once if they started first.
    const required = config.services.includes("sandbox") ? ["sandbox"] : [];
    this.broker
      .waitForServices(required, SANDBOX_START)
      .catch((error: unknown) => this.logger.warn("the sandbox has not started", { error: String(error) }))
      .finally(() => this.poller.start());
  },

  async stopped() {
    await this.poller?.stop();
    await this.node?.stop();
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, SessionLocals>;
