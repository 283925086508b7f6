/** The context of an action that serves a route. */
import type { Context } from "moleculer";
import type { Principal } from "../contracts/permissions.ts";
import type { Id } from "../contracts/ids.ts";
import type { Route, RouteInput } from "../contracts/route.ts";
import { Problem } from "../contracts/errors.ts";

/** `ctx.meta` as the gateway sets it. Values from the client are validated first. */
export interface CallMeta {
  principal?: Principal;
  requestId?: string;
  /** The client's address, behind trusted proxies. */
  clientIp?: string;
  userAgent?: string;
  /** The login that the access token belongs to. */
  loginId?: string;
  /** Request headers that some actions use. */
  idempotencyKey?: string;
  ifMatch?: string;
  accept?: string;
  /** Set by the action for the response: status (default: the route's first response), headers and content type. */
  $statusCode?: number;
  $responseHeaders?: Record<string, string>;
  $responseType?: string;
}

/** `ctx` of the action that serves `R`. */
export type Call<R extends Route> = Context<RouteInput<R>, CallMeta>;

/** The caller. The gateway guarantees one on every route that is not public. */
export function principalOf(ctx: { meta: CallMeta }): Principal & { tenantId: Id<"tenant"> } {
  if (ctx.meta.principal === undefined) throw new Problem("unauthenticated");
  return ctx.meta.principal as Principal & { tenantId: Id<"tenant"> };
}
