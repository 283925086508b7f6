/** Claims sessions for a node, and reports those that another node ran before. */
import { systemNow } from "../concurrency/clock.ts";
import type { EventDraft } from "../contracts/events.ts";
import type { Id } from "../contracts/ids.ts";
import type { Database } from "../db/database.ts";
import { appendEvents } from "../db/statements/events/append-events.ts";
import { readClaimSituation } from "../db/statements/sessions/cluster.ts";
import { claimSessions, type ClaimedPlacement } from "../db/statements/sessions/placements.ts";
import { claimLimit } from "./placement/claim-limit.ts";

/** The node that claims. */
export interface Claimant {
  readonly incarnation: string;
  readonly nodeId: string;
  readonly capacity: number;
  readonly load: number;
  readonly sessions: number;
  readonly maxSessions: number;
  /** What its row says at the moment, which is in the sums of the cluster. */
  readonly reportedLoad: number;
}

/** Claims this node's part of the sessions that wait. The events are committed with the claims. */
export async function claim(database: Database, me: Claimant): Promise<ClaimedPlacement[]> {
  const { nodes, capacity, load, starting, waiting, waiting_weight, longest } = await readClaimSituation(
    database,
    me.incarnation,
  );
  const cluster = { nodes, capacity, load: load - me.reportedLoad + me.load, starting };
  const limit = claimLimit(me, cluster, { count: waiting, weight: waiting_weight, longest }, Math.random());
  if (limit === 0) return [];
  const { incarnation, nodeId } = me;
  return database.transaction(async (sql) => {
    const claimed = await claimSessions(sql, { incarnation, nodeId, limit });
    const moved = claimed.filter(({ last_node: from }) => from !== null && from !== nodeId);
    await appendEvents(
      sql,
      moved.map((placement) => movedEvent(placement, nodeId)),
      systemNow(),
    );
    return claimed;
  });
}

function movedEvent(placement: ClaimedPlacement, to: string): EventDraft<"session.moved"> {
  return {
    type: "session.moved",
    tenantId: placement.tenant_id as Id<"tenant">,
    sessionId: placement.session_id as Id<"session">,
    data: {
      from: placement.last_node ?? "",
      to,
      why: placement.move_reason ?? "takeover",
      epoch: placement.epoch,
    },
  };
}
