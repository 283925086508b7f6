/**
 * The cluster: it watches the session nodes, moves sessions from crowded nodes to empty ones, and lets the platform's
 * administrators see and steer both. It may run in any process, and in several.
 */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { actionsOf } from "../../access/serve.ts";
import { ClusterWatch } from "../../actors/cluster-watch.ts";
import { isUneven, plan, request } from "../../actors/placement/moves.ts";
import { Poller } from "../../concurrency/poller.ts";
import { broadcast, SESSION_DESIRED } from "../../contracts/broadcasts.ts";
import * as routes from "../../contracts/routes/cluster.ts";
import { listNodes, listPlacements } from "../../db/statements/sessions/cluster.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { count } from "../../metrics/metrics.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { clusterGauges } from "./gauges.ts";
import { steerActions } from "./steer-actions.ts";
import type { ClusterLocals, ClusterService } from "./types.ts";
import { toNodeView, toPlacementView } from "./views.ts";

/** ms between two looks at the balance. */
const BALANCE_INTERVAL = 30_000;
/** ms for which sessions and nodes are left alone after a move or a start. */
const SETTLING = 120_000;
/** Moves that one look requests; the next one sees what they changed. */
const MOVES_PER_LOOK = 5;

const { serve } = actionsOf<ClusterService>();

/** Requests a few moves when a node has much more than its share. */
async function balance({ database, broker }: ClusterService): Promise<boolean> {
  if (!isUneven(await listNodes(database))) return false;
  const moves = (await plan(database, { settling: SETTLING })).slice(0, MOVES_PER_LOOK);
  if ((await request(database, moves, "rebalance")).length > 0) void broadcast(broker, SESSION_DESIRED);
  return false;
}

export default {
  name: "cluster",
  mixins: [secretsMixin, clusterGauges, databaseMixin],

  actions: {
    nodes: serve(routes.listNodes, async function () {
      return { data: (await listNodes(this.database)).map(toNodeView), nextCursor: null };
    }),

    placements: serve(routes.listPlacements, async function (ctx) {
      const { limit, cursor, node } = ctx.params.query;
      const after = cursor === undefined ? "" : fromCursor(this.secrets, "placements", cursor);
      const rows = await listPlacements(this.database, { after, limit: limit + 1, node: node ?? null });
      return {
        data: rows.slice(0, limit).map(toPlacementView),
        nextCursor: rows.length > limit ? toCursor(this.secrets, "placements", rows[limit - 1]!.session_id) : null,
      };
    }),

    ...steerActions,
  },

  async started() {
    const { dataDir, lease, databaseUrl } = configOf(this.broker);
    this.watch = new ClusterWatch({
      database: this.database,
      dataDir,
      lease,
      log: (level, message, details) => this.logger[level](message, details),
      onLeft: (nodes) => {
        for (const { reason } of nodes) count(this.broker, "wa_node_fenced_total", { reason });
        announceEvents(this.broker);
        void broadcast(this.broker, SESSION_DESIRED);
      },
    });
    this.watch.start();
    // A single process has no one to share with.
    if (databaseUrl === null) return;
    this.balancing = new Poller({
      name: "balance of the cluster",
      interval: BALANCE_INTERVAL,
      logger: this.logger,
      work: () => balance(this),
    });
    this.balancing.start();
  },

  async stopped() {
    await Promise.all([this.watch?.stop(), this.balancing?.stop()]);
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, ClusterLocals>;
