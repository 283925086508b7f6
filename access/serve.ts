/**
 * How a service declares its actions. `serve` stands beside the handler of a public route, so that a reader finds the
 * schemas of the request and the answers; the gateway has validated `ctx.params` against them before it calls.
 * `internal` declares an action for other services: it validates here, because any process on NATS may call it.
 */
import type { ActionSchema, Context } from "moleculer";
import type { z } from "zod";
import { Problem } from "../contracts/errors.ts";
import { validationMessages } from "../contracts/validation-messages.ts";
import type { Route } from "../contracts/route.ts";
import type { Call, CallMeta } from "./call.ts";

type Handler = NonNullable<ActionSchema["handler"]>;

// Kept outside the action schemas: Moleculer deep-clones those, and a cloned zod schema does not work.
const served = new WeakMap<Handler, Route>();
const internals = new WeakSet<Handler>();

/** The route that the action serves; undefined for internal actions. A test compares action names with routes. */
export function routeOf(action: { handler?: unknown }): Route | undefined {
  return served.get(action.handler as Handler);
}

/** True for an action declared by `internal`. */
export function isInternal(action: { handler?: unknown }): boolean {
  return internals.has(action.handler as Handler);
}

/** `serve` and `internal` for the actions of a service whose `this` is `S`. */
export function actionsOf<S>() {
  return {
    serve<R extends Route>(route: R, handler: (this: S, ctx: Call<R>) => unknown): ActionSchema<S> {
      served.set(handler as Handler, route);
      return { handler };
    },

    internal<P extends z.ZodType>(
      schema: P,
      handler: (this: S, ctx: Context<z.output<P>, CallMeta>) => unknown,
      options: Pick<ActionSchema, "cache"> = {},
    ): ActionSchema<S> {
      const validated = function (this: S, ctx: Context<z.output<P>, CallMeta>): unknown {
        const parsed = schema.safeParse(ctx.params, validationMessages);
        if (!parsed.success) {
          const [issue] = parsed.error.issues;
          throw new Problem(
            "internal",
            `invalid call of ${ctx.action?.name ?? "an action"}: ${issue!.path.join(".")} ${issue!.message}`,
          );
        }
        ctx.params = parsed.data;
        return handler.call(this, ctx);
      };
      internals.add(validated as Handler);
      return { ...options, visibility: "public", handler: validated };
    },
  };
}
