/** What can be asked of a session: run, stop, pair, log out, show itself. Subscription are written down; a node makes them so. */
import { setTimeout } from "node:timers/promises";
import type { Context, ServiceBroker } from "moleculer";
import { parseRecipient, phoneOf } from "../../contracts/address.ts";
import { fieldProblem, Problem } from "../../contracts/errors.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import type * as routes from "../../contracts/routes/session.ts";
import type { Session } from "../../contracts/routes/session.ts";
import type { ActorCall } from "../../actors/protocol.ts";
import { findOwner, setDesired, type Desired } from "../../db/statements/sessions/placements.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call, type CallMeta } from "../../access/call.ts";
import { count } from "../../metrics/metrics.ts";
import { countryOf, requireSession } from "../../access/session-scope.ts";
import type { SessionActions, SessionService } from "./types.ts";
import { toProblem, whyNoQr } from "./problems.ts";
import type { BrowserUsage, NodeStatus } from "../../contracts/node-status.ts";
import { renderQr } from "./qr.ts";
import { toSessionView } from "./view.ts";

/** Broadcast after a wish was written down, so that nodes look at once. */
export const SESSION_DESIRED = "session.desired";

export function announceDesired(broker: ServiceBroker): void {
  void broker.broadcast(SESSION_DESIRED);
}

type CommandCall = Call<typeof routes.startSession>;

async function wish(
  service: SessionService,
  ctx: CommandCall,
  desired: Desired,
  options: { restart?: (row: SessionRow) => boolean; when?: (row: SessionRow) => boolean } = {},
): Promise<Session> {
  const principal = principalOf(ctx);
  const row = await requireSession(service.database, principal, ctx.params.params.session);
  if (options.when?.(row) !== false) {
    const restart = options.restart?.(row) === true;
    await service.database.transaction(async (sql) => {
      await setDesired(sql, row.id, desired, restart);
      await recordAudit(sql, ctx, { action: `session.${restart ? "restart" : desired}`, target: row.id });
    });
    announceDesired(service.broker);
  }
  return toSessionView(await requireSession(service.database, principal, row.id));
}

export interface SessionQuestion {
  readonly sessionId: string;
  readonly call: ActorCall;
}

/** Asks the session's actor on the node that runs it; the call is pinned there and never repeated. */
async function askOwner(
  service: SessionService,
  action: "session.local" | "session.localQr",
  sessionId: string,
  params: Record<string, unknown>,
  timeout: number,
): Promise<unknown> {
  const owner = await findOwner(service.database, sessionId);
  if (owner === null) throw new Problem("session_not_running", "the session is not running; start it first");
  try {
    return await service.broker.call(
      action,
      { sessionId, epoch: owner.epoch, ...params },
      { nodeID: owner.node, retries: 0, timeout },
    );
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "ServiceNotFoundError")
      throw new Problem("session_unavailable", "the session's node is not there now", { retryAfter: 2 });
    if (name === "RequestTimeoutError" || name === "RequestRejectedError") throw new Problem("outcome_unknown");
    throw error;
  }
}

type QrAnswer = Awaited<ReturnType<SessionService["node"]["qr"]>>;

/** The code from the node that runs the session; a session that no node runs yet counts as stopped. */
async function askForQr(service: SessionService, sessionId: string, wait: number): Promise<QrAnswer> {
  if ((await findOwner(service.database, sessionId)) === null) return { state: "stopped", reason: "requested" };
  return (await askOwner(service, "session.localQr", sessionId, { wait }, wait + 5_000)) as QrAnswer;
}

export const commandActions: SessionActions = {
  async start(ctx: CommandCall): Promise<Session> {
    const limits = await ctx.call<TenantLimits, { tenantId: string }>("tenant.limits", {
      tenantId: principalOf(ctx).tenantId,
    });
    if (limits.status === "suspended") throw new Problem("tenant_suspended");
    // One that has failed is wanted to run already; its actor, which waits for a person, has to begin anew.
    const hasFailed = (row: SessionRow) => row.desired === "running" && row.state === "failed";
    return wish(this, ctx, "running", {
      when: (row) => row.desired !== "running" || hasFailed(row),
      restart: hasFailed,
    });
  },

  async stop(ctx: CommandCall): Promise<Session> {
    return wish(this, ctx, "stopped");
  },

  async restart(ctx: CommandCall): Promise<Session> {
    return wish(this, ctx, "running", { restart: () => true });
  },

  async logout(ctx: CommandCall): Promise<Session> {
    return wish(this, ctx, "logout");
  },

  async qr(ctx: Call<typeof routes.getQr>): Promise<unknown> {
    const principal = principalOf(ctx);
    const deadline = Date.now() + ctx.params.query.wait * 1_000;
    for (;;) {
      const row = await requireSession(this.database, principal, ctx.params.params.session);
      if (row.desired !== "running") throw whyNoQr(row.state === "connected" ? "stopped" : row.state);
      const wait = Math.max(0, deadline - Date.now());
      const answer = await askForQr(this, row.id, wait);
      if ("qr" in answer) return renderQr(answer.qr, ctx.meta);
      // Asked to run a moment ago, or just moving: no node has taken it up yet.
      const isBetweenNodes = answer.state === "stopped" || answer.state === "logged_out";
      if (!isBetweenNodes || wait === 0) throw whyNoQr(isBetweenNodes ? "starting" : answer.state);
      await setTimeout(Math.min(wait, 100));
    }
  },

  async pairingCode(ctx: Call<typeof routes.requestPairingCode>): Promise<{ code: string; expiresAt: string }> {
    const row = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    if (row.me_chat_id !== null && row.state === "connected") throw new Problem("already_linked");
    const phone = phoneOf(parseRecipient(ctx.params.body.phone, countryOf(row), "/phone"));
    if (phone === null)
      throw fieldProblem("invalid_phone", "/phone", "the number of a phone is expected, not a chat id");
    const call: ActorCall = { kind: "pair", phone: phone.slice(1) };
    const answer = (await askOwner(this, "session.local", row.id, { call }, 65_000)) as {
      code: string;
      expiresAt: number;
    };
    return { code: answer.code, expiresAt: new Date(answer.expiresAt).toISOString() };
  },

  async screenshot(ctx: Call<typeof routes.getScreenshot>): Promise<Buffer> {
    const row = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    const call: ActorCall = { kind: "operation", name: "screenshot", input: {} };
    const { png } = (await askOwner(this, "session.local", row.id, { call }, 35_000)) as { png: string };
    ctx.meta.$responseType = "image/png";
    return Buffer.from(png, "base64");
  },

  /** For other services: asks a session's actor, wherever it runs. The caller has checked whose session it is. */
  operate: {
    visibility: "public",
    handler(ctx: Context<SessionQuestion, CallMeta>): Promise<unknown> {
      return askOwner(this, "session.local", ctx.params.sessionId, { call: ctx.params.call }, 35_000);
    },
  },

  /** Asks an actor of this very node. */
  local: {
    visibility: "public",
    async handler(ctx: Context<SessionQuestion & { epoch: number }, CallMeta>): Promise<unknown> {
      const { sessionId, epoch, call } = ctx.params;
      if (!this.node.runs(sessionId, epoch)) {
        count(this.broker, "wa_placement_stale_calls_total", {});
        throw new Problem("session_unavailable", "the session has just moved", { retryAfter: 1 });
      }
      try {
        return withoutBytes(await this.node.call(sessionId, call));
      } catch (error) {
        throw toProblem(error);
      }
    },
  },

  /** What this very node says of itself. */
  nodeStatus: {
    visibility: "public",
    handler(): Promise<NodeStatus> {
      return this.node.facts();
    },
  },

  /** What the browsers of this very node cost. */
  browserUsage: {
    visibility: "public",
    handler(): Promise<BrowserUsage | null> {
      return this.node.browsers();
    },
  },

  /** The QR code of a session of this very node. */
  localQr: {
    visibility: "public",
    handler(ctx: Context<{ sessionId: string; wait: number }, CallMeta>) {
      return this.node.qr(ctx.params.sessionId, ctx.params.wait);
    },
  },
};

/** Bytes become base64: between nodes everything is JSON. */
function withoutBytes(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("png" in value) || !(value.png instanceof Uint8Array))
    return value ?? null;
  return { ...value, png: Buffer.from(value.png).toString("base64") };
}
