/** Steering the cluster: drain, undrain, move and rebalance, each with a preview. */
import { recordAudit } from "../../access/audit.ts";
import { principalOf } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { drainNode } from "../../actors/membership.ts";
import { plan, request } from "../../actors/placement/moves.ts";
import { broadcast, NODES_CHANGED, SESSION_DESIRED } from "../../contracts/broadcasts.ts";
import { Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/cluster.ts";
import type { ClusterNode, Plan } from "../../contracts/routes/cluster.ts";
import { findPlacement, listNodes, type NodeRow } from "../../db/statements/sessions/cluster.ts";
import { findSession } from "../../db/statements/sessions/sessions.ts";
import { announceEvents } from "../../event-log/announce.ts";
import type { ClusterService } from "./types.ts";
import { toNodeView } from "./views.ts";

const { serve } = actionsOf<ClusterService>();

/** The live node of this name. Throws `not_found`. */
async function requireNode(service: ClusterService, name: string): Promise<NodeRow> {
  const node = (await listNodes(service.database)).find(({ node_id, status }) => node_id === name && status !== "dead");
  if (node === undefined)
    throw new Problem("not_found", `no live session node is named "${name}"; GET /cluster/nodes lists them`);
  return node;
}

export const steerActions = {
  drain: serve(routes.drainNode, async function (ctx): Promise<Plan> {
    const { node: name } = ctx.params.params;
    const dryRun = ctx.params.body?.dryRun ?? false;
    const node = await requireNode(this, name);
    if (node.status === "stopping") throw new Problem("conflict", "the node is stopping: it gives its sessions away");
    const moves = (await plan(this.database, { without: name })).filter(({ from }) => from === name);
    if (!dryRun && (await drainNode(this.database, name, true))) {
      await recordAudit(this.database, ctx, { action: "cluster.drain", target: name, detail: { moves: moves.length } });
      announceEvents(this.broker);
      // The nodes that the preview names get the sessions.
      await request(this.database, moves, "drain");
      void broadcast(this.broker, NODES_CHANGED);
    }
    return { dryRun, moves };
  }),

  undrain: serve(routes.undrainNode, async function (ctx): Promise<ClusterNode> {
    const { node: name } = ctx.params.params;
    const node = await requireNode(this, name);
    if (node.status === "stopping") throw new Problem("conflict", "the node is stopping, and cannot take sessions");
    if (ctx.params.body?.dryRun !== true && (await drainNode(this.database, name, false))) {
      await recordAudit(this.database, ctx, { action: "cluster.undrain", target: name });
      announceEvents(this.broker);
      void broadcast(this.broker, NODES_CHANGED);
    }
    return toNodeView(await requireNode(this, name));
  }),

  rebalance: serve(routes.rebalance, async function (ctx): Promise<Plan> {
    const dryRun = ctx.params.body?.dryRun ?? false;
    const moves = await plan(this.database);
    if (dryRun) return { dryRun, moves };
    const requested = await request(this.database, moves, "rebalance");
    await recordAudit(this.database, ctx, {
      action: "cluster.rebalance",
      target: "cluster",
      detail: { moves: requested.length },
    });
    void broadcast(this.broker, SESSION_DESIRED);
    return { dryRun, moves: requested };
  }),

  move: serve(routes.moveSession, async function (ctx): Promise<Plan> {
    const { session: idOrName } = ctx.params.params;
    const { node: to, dryRun } = ctx.params.body;
    const own = await findSession(this.database, principalOf(ctx).tenantId, idOrName);
    const placement = await findPlacement(this.database, own?.id ?? idOrName);
    if (placement === undefined) throw new Problem("not_found", "no session has this id");
    const target = await requireNode(this, to);
    if (placement.owner_node === null)
      throw new Problem("session_not_running", "no node runs the session; it starts on any that may run it");
    const { session_id: sessionId, owner_node: from } = placement;
    if (from === to) throw new Problem("conflict", `the session already runs on ${to}`);
    const refusal = whyNot(placement, target);
    if (refusal !== null) throw new Problem("conflict", refusal);
    const moves = [{ sessionId, from, to }];
    if (dryRun) return { dryRun, moves };
    const requested = await request(this.database, moves, "requested");
    if (requested.length === 0) throw new Problem("session_not_running", "the session has just stopped");
    await recordAudit(this.database, ctx, { action: "session.move", target: sessionId, detail: { from, to } });
    void broadcast(this.broker, SESSION_DESIRED);
    return { dryRun, moves: requested };
  }),
};

/** Why the node cannot take the session; null when it can. */
function whyNot(session: { zone: string | null; node_group: string | null }, node: NodeRow): string | null {
  if (node.status !== "up") return `the node ${node.node_id} is ${node.status} and takes no sessions`;
  if (node.sessions >= node.max_sessions)
    return `the node ${node.node_id} already has its ${node.max_sessions} sessions`;
  if (session.zone !== null && session.zone !== node.zone) return `the session asks for the zone "${session.zone}"`;
  if (session.node_group !== null && session.node_group !== node.node_group)
    return `the session asks for a node of the group "${session.node_group}"`;
  return null;
}
