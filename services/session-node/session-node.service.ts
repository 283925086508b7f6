/**
 * The session node of this process: it runs WhatsApp sessions that it has claimed. A node that lost its lease ends
 * everything that it runs and comes back as a new one.
 */
import { createHmac } from "node:crypto";
import type { Context, ServiceSchema } from "moleculer";
import type { SandboxEndpoint } from "../../actors/call-session.ts";
import { ClusterWatch } from "../../actors/cluster-watch.ts";
import { chooseRecycling, recycle } from "../../actors/recycling.ts";
import { SessionNode } from "../../actors/session-node.ts";
import { unwrittenStates } from "../../actors/unwritten-states.ts";
import { Poller } from "../../concurrency/poller.ts";
import {
  broadcast,
  NODES_CHANGED,
  QUEUE_READY,
  SESSION_DESIRED,
  STATES_UNWRITTEN,
} from "../../contracts/broadcasts.ts";
import type { Config } from "../../contracts/config.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { rejectIncoming } from "./incoming-calls.ts";
import { openProxy } from "./proxy.ts";
import { sessionNodeGauges } from "./gauges.ts";
import { nodeActions } from "./node-actions.ts";
import { factsOf } from "./node-facts.ts";
import { createNodeMetrics } from "./node-metrics.ts";
import type { SessionNodeLocals, SessionNodeService, SessionNodeSettings } from "./types.ts";

/** ms between two comparisons with the desired state when no hint arrives. */
const INTERVAL = 1_000;
/** ms that the first comparison waits for a sandbox in the same process. */
const SANDBOX_START = 15_000;
/** ms between two attempts to come back after the lease was lost. */
const RETURN_AFTER = 1_000;
/** ms between two looks for browsers to restart, and without an event that count as a quiet moment. */
const RECYCLE_EVERY = 60_000;
const QUIET = 120_000;

export default {
  name: "session-node",
  mixins: [sessionNodeGauges, secretsMixin, databaseMixin],

  actions: nodeActions,

  events: {
    [SESSION_DESIRED]() {
      this.poller.wake();
    },

    async [NODES_CHANGED]() {
      await this.node.refresh();
      this.poller.wake();
    },

    [QUEUE_READY](ctx: Context<{ sessionIds: string[] }>) {
      this.node.nudge(ctx.params.sessionIds);
    },
  },

  methods: {
    /** A node that has not started yet. */
    createNode(this: SessionNodeService): SessionNode {
      const config: Config = configOf(this.broker);
      return new SessionNode({
        database: this.database,
        dataDir: config.dataDir,
        directoryName: config.nodeId ?? "main",
        facts: factsOf(this.broker.nodeID, config),
        lease: config.lease,
        threads: config.threads,
        driverSettings: { browser: config.chromium, light: {} },
        announce: () => announceEvents(this.broker),
        onReleased: () => void broadcast(this.broker, SESSION_DESIRED),
        log: (level, message, details) => this.logger[level](message, details),
        findSandbox: () =>
          this.broker
            .call<SandboxEndpoint | null, object>("sandbox.endpoint", {}, { timeout: 5_000 })
            .catch(() => null),
        onRejectedCall: (call) => void rejectIncoming(this, call),
        openProxy: (proxy) => openProxy(this, proxy),
        snapshotKey: (sessionId) =>
          createHmac("sha256", this.secrets.key("login-snapshot")).update(sessionId).digest("base64url"),
        onEvent: createNodeMetrics(this.broker),
        onFenced: (reason) => void this.comeBack(reason),
      });
    },

    /** Restarts at most one browser that is fat or old. */
    async recycleBrowsers(this: SessionNodeService): Promise<void> {
      const limits = { quiet: QUIET, ...configOf(this.broker).recycling, ...this.settings.recycling };
      if (limits.bytes === null && limits.age === null) return;
      const usage = await this.node.driverUsage();
      const chosen = chooseRecycling(this.node.sessions, usage?.browsers ?? [], limits);
      if (chosen === undefined) return;
      this.logger.info("browser is restarted: it is fat or old", { sessionId: chosen.session.sessionId });
      recycle(chosen);
    },

    /** The poller waits for the database; what cannot be written is shown meanwhile. */
    showUnwritten(this: SessionNodeService): void {
      const states = unwrittenStates(this.node.sessions);
      if (states.length === 0 && !this.hasUnwritten) return;
      this.hasUnwritten = states.length > 0;
      void broadcast(this.broker, STATES_UNWRITTEN, { node: this.broker.nodeID, states });
    },

    /** Ends everything that ran under the lost lease, and joins again under a new one as soon as the database answers. */
    async comeBack(this: SessionNodeService, reason: string): Promise<void> {
      try {
        await this.node.kill();
      } catch (error) {
        this.broker.fatal(`the lease on this node's sessions is lost: ${reason}; ${String(error)}`);
        return;
      }
      while (!this.isStopping) {
        const node = this.createNode();
        try {
          await node.start();
          this.node = node;
          this.logger.info("the node is back", { after: reason });
          return this.poller.wake();
        } catch (error) {
          this.logger.warn("the node cannot come back yet", { error: String(error) });
          await node.kill();
          await new Promise((resolve) => setTimeout(resolve, RETURN_AFTER));
        }
      }
    },
  },

  created() {
    this.isStopping = false;
    this.hasUnwritten = false;
  },

  async started() {
    this.node = this.createNode();
    await this.node.start();
    this.poller = new Poller({
      name: "sessions",
      interval: INTERVAL,
      logger: this.logger,
      work: () => this.node.step(),
    });
    this.recycler = new Poller({
      name: "recycling",
      interval: this.settings.recycling?.interval ?? RECYCLE_EVERY,
      logger: this.logger,
      work: () => this.recycleBrowsers().then(() => false),
    });
    this.recycler.start();
    this.showing = setInterval(() => this.showUnwritten(), INTERVAL).unref();
    const { services, dataDir, lease } = configOf(this.broker);
    if (!services.includes("cluster")) {
      this.watch = new ClusterWatch({
        database: this.database,
        dataDir,
        lease,
        log: (level, message, details) => this.logger[level](message, details),
        onLeft: () => {
          announceEvents(this.broker);
          void broadcast(this.broker, SESSION_DESIRED);
        },
      });
      this.watch.start();
    }
    // In one process the sandbox starts at the same time; its sessions would fail once if they started first.
    const required = services.includes("sandbox") ? ["sandbox"] : [];
    this.broker
      .waitForServices(required, SANDBOX_START)
      .catch((error: unknown) => this.logger.warn("the sandbox has not started", { error: String(error) }))
      .finally(() => this.poller.start());
  },

  async stopped() {
    this.isStopping = true;
    clearInterval(this.showing);
    await Promise.all([this.watch?.stop(), this.poller?.stop(), this.recycler?.stop()]);
    await this.node?.stop();
    // The sessions are free: other nodes need not wait for their next look.
    void broadcast(this.broker, SESSION_DESIRED);
  },
} satisfies ServiceSchema<SessionNodeSettings, object, SessionNodeLocals>;
