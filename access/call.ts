/** The typed context of an action that serves a route. */
import type { Context } from "moleculer";
import type { Principal } from "../contracts/permissions.ts";
import type { Id } from "../contracts/ids.ts";
import type { Route, RouteInput } from "../contracts/route.ts";
import { Problem } from "../contracts/errors.ts";

/** What the gateway puts into `ctx.meta`; nothing of it is taken from the client unchecked. */
export interface CallMeta {
  principal?: Principal;
  requestId?: string;
  /** The client's address, as far as the gateway can know it. */
  clientIp?: string;
  userAgent?: string;
  /** The login that the access token belongs to. */
  loginId?: string;
  /** Request headers that some actions honour. */
  idempotencyKey?: string;
  ifMatch?: string;
  accept?: string;
  /** Answers: status (default: the first of the route's responses) and headers. */
  $statusCode?: number;
  $responseHeaders?: Record<string, string>;
  $responseType?: string;
}

/** `ctx` of the action that serves `R`. */
export type Call<R extends Route> = Context<RouteInput<R>, CallMeta>;

/** The caller; the gateway has made sure that routes which are not public have one. */
export function principalOf(ctx: { meta: CallMeta }): Principal & { tenantId: Id<"tenant"> } {
  if (ctx.meta.principal === undefined) throw new Problem("unauthenticated");
  return ctx.meta.principal as Principal & { tenantId: Id<"tenant"> };
}
