/** The cluster: its session nodes, where sessions run, and how to steer both. For platform administrators. */
import { z } from "zod";
import { listOf, object, page, route, type Route } from "../route.ts";
import { SESSION_REASONS, SESSION_STATES } from "../states.ts";

const tag = "Cluster";
const permission = "platform:admin" as const;

const NodeName = z.string().min(1).max(100).describe("The name of a session node");

export const ClusterNode = z
  .object({
    node: NodeName,
    incarnation: z.string().describe("Unique for each start of the node's process, and for each lease"),
    state: z
      .enum(["up", "draining", "stopping", "dead"])
      .describe("draining: it gives its sessions away. stopping: its process ends. dead: it never returns as this one"),
    version: z.string().nullable().describe("Version of the system that it runs"),
    zone: z.string().nullable().describe("Where it is, for sessions that ask for a zone"),
    group: z.string().nullable().describe("The group of nodes that it belongs to"),
    capacity: z.int().describe("Memory for sessions, in MB"),
    load: z.int().describe("Weight of its sessions, in MB"),
    sessions: z.int().describe("The sessions that it owned at its last sign of life"),
    starting: z.int().describe("How many of them were starting"),
    maxSessions: z.int().describe("The most sessions that it takes"),
    leaseAgeMs: z.int().describe("Time since its last sign of life"),
    leaseRemainingMs: z.int().describe("Time until others take its sessions; negative once that has passed"),
    startedAt: z.iso.datetime().describe("When its lease began"),
    leftAt: z.iso.datetime().nullable().describe("When it was found dead, or stopped"),
    leftReason: z
      .enum(["stopped", "expired", "host-lock"])
      .nullable()
      .describe("stopped: in order. expired: it did not renew its lease. host-lock: its process had died"),
  })
  .meta({ id: "ClusterNode" });
export type ClusterNode = z.infer<typeof ClusterNode>;

export const Placement = z
  .object({
    sessionId: z.string(),
    tenantId: z.string(),
    name: z.string().describe("The session's name"),
    state: z.enum(SESSION_STATES).describe("The session's own state"),
    reason: z.enum(SESSION_REASONS).describe("Why it is in this state"),
    node: z.string().nullable().describe("The node that runs it; null when none does"),
    epoch: z.int().describe("Rises each time a node takes the session over"),
    since: z.iso.datetime().describe("Since when it is placed like this"),
    weight: z.int().describe("What it counts for in the load of a node, in MB"),
    zone: z.string().nullable().describe("It runs in this zone only"),
    nodeGroup: z.string().nullable().describe("It runs on nodes of this group only"),
    movingTo: z.string().nullable().describe("The node that it is about to move to"),
  })
  .meta({ id: "Placement" });
export type Placement = z.infer<typeof Placement>;

/** A move of one session, done or planned. */
const Move = z.object({
  sessionId: z.string(),
  from: z.string(),
  to: z.string().nullable().describe("Null when no live node can take it"),
});

const dryRun = z.boolean().default(false).describe("Only answer what would be done");

export const Plan = z
  .object({
    dryRun: z.boolean().describe("True when nothing was changed"),
    moves: z.array(Move).describe("Which sessions move, and where to; a few at a time, each at a quiet moment"),
  })
  .meta({ id: "MovePlan" });
export type Plan = z.infer<typeof Plan>;

const NodeParams = object({ node: NodeName });

export const listNodes = route({
  method: "GET",
  path: "/cluster/nodes",
  action: "cluster.nodes",
  permission,
  summary: "List session nodes, with those that left within the last day",
  tag,
  responses: { 200: listOf(ClusterNode) },
});

export const listPlacements = route({
  method: "GET",
  path: "/cluster/placements",
  action: "cluster.placements",
  permission,
  summary: "List where the sessions of all tenants run",
  tag,
  query: object({ ...page, node: NodeName.optional().describe("Only sessions on this node") }),
  responses: { 200: listOf(Placement) },
  problems: ["cursor_invalid"],
});

export const drainNode = route({
  method: "POST",
  path: "/cluster/nodes/:node/drain",
  action: "cluster.drain",
  permission,
  summary: "Let a node give its sessions to the others; it takes no more until it is undrained",
  tag,
  params: NodeParams,
  body: object({ dryRun }).optional(),
  responses: { 200: Plan },
  problems: ["conflict"],
});

export const undrainNode = route({
  method: "POST",
  path: "/cluster/nodes/:node/undrain",
  action: "cluster.undrain",
  permission,
  summary: "Let a drained node take sessions again",
  tag,
  params: NodeParams,
  body: object({ dryRun }).optional(),
  responses: { 200: ClusterNode },
  problems: ["conflict"],
});

export const rebalance = route({
  method: "POST",
  path: "/cluster/rebalance",
  action: "cluster.rebalance",
  permission,
  summary: "Move as few sessions as possible so that every node has its share",
  tag,
  body: object({ dryRun }).optional(),
  responses: { 200: Plan },
});

export const moveSession = route({
  method: "POST",
  path: "/sessions/:session/move",
  action: "cluster.move",
  permission,
  summary: "Move a session of any tenant to another node, at its next quiet moment",
  tag,
  params: object({ session: z.string().min(1).max(80).describe("The session's id; its name within the own tenant") }),
  body: object({ node: NodeName.describe("The node that is to run it"), dryRun }),
  responses: { 200: Plan },
  problems: ["conflict", "session_not_running"],
});

export const clusterRoutes: readonly Route[] = [
  listNodes,
  listPlacements,
  drainNode,
  undrainNode,
  rebalance,
  moveSession,
];
