/** A route of the API: the single source of the gateway's alias, validation, OpenAPI, the golden table and the docs. */
import { z } from "zod";
import type { Permission } from "./permissions.ts";
import type { ProblemCode } from "./errors.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** An object without unknown fields: every request of this API refuses them. */
export const object = z.strictObject;

export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
> {
  readonly method: Method;
  /** Below the base path, with `:name` for parameters: `/sessions/:session/start`. */
  readonly path: string;
  /** The Moleculer action that handles the route. */
  readonly action: string;
  /** The required permission; `public` when no credentials are needed, `authenticated` when any valid ones suffice. */
  readonly permission: Permission | "public" | "authenticated";
  /**
   * `filtered`: its action shows and changes only what belongs to the sessions that the caller's key is limited to.
   * Without it, and without `:session` in the path, the route acts on the whole tenant, and such a key may not call it.
   */
  readonly sessions?: "filtered";
  readonly summary: string;
  /** What the summary leaves open, in whole sentences. */
  readonly description?: string;
  /** A group of `contracts/openapi/tags.ts`. */
  readonly tag: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** `json` (default), or `upload` for a streamed multipart/form-data body. */
  readonly bodyKind?: "json" | "upload";
  /** `media`: the JSON body may contain media as base64, and is limited by WPP_MAX_MEDIA_MB instead of 1 MB. */
  readonly bodyLimit?: "media";
  /** Successful responses by status; `null` for an empty body. Media types other than JSON are listed in `produces`. */
  readonly responses: Readonly<Record<number, z.ZodType | null>>;
  /** Media types of successful responses in addition to application/json. */
  readonly produces?: readonly string[];
  /** Problems that the route can return in addition to those of every route. */
  readonly problems?: readonly ProblemCode[];
  /** At the root of the server, not below `/api/v1`: probes and pages. */
  readonly root?: true;
}

/** Declares a route; it exists only so that the types of its schemas are inferred. */
export function route<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
>(definition: Route<P, Q, B>): Route<P, Q, B> {
  return definition;
}

/** The type of a part of the request after validation; undefined where the route declares no schema. */
type Output<S> = NonNullable<S> extends z.ZodType ? z.output<NonNullable<S>> : undefined;

/** The `ctx.params` of the route's action: validated, with defaults applied. */
export interface RouteInput<R extends Route> {
  readonly params: Output<R["params"]>;
  readonly query: Output<R["query"]>;
  readonly body: Output<R["body"]>;
}

/** Every problem that the route can return: its own, and those that follow from its declaration. */
export function problemsOf(route: Route): ProblemCode[] {
  const codes: ProblemCode[] = ["rate_limited", "unavailable", "outcome_unknown", "internal", "validation"];
  if (route.permission !== "public") codes.push("unauthenticated", "token_expired", "tenant_suspended");
  if (route.permission !== "public" && route.permission !== "authenticated") codes.push("forbidden");
  if (route.params !== undefined) codes.push("not_found");
  if (route.method !== "GET")
    codes.push("malformed_json", "payload_too_large", "unsupported_media_type", "request_timeout");
  return [...new Set([...codes, ...(route.problems ?? [])])];
}

/** True when an API key that is limited to sessions may call the route. */
export function isOpenToLimitedKeys({ permission, path, sessions }: Route): boolean {
  return permission === "public" || /\/:session(?:\/|$)/.test(path) || sessions === "filtered";
}

/** What the route asks of a caller, in words. */
export function requirementsOf(route: Route): string {
  const limited = isOpenToLimitedKeys(route) ? "" : " Not for API keys that are limited to sessions.";
  return `Requires the permission \`${route.permission}\`.${limited}`;
}

/** The query parameters of every list: `limit` (1 to 200) and an opaque cursor. */
export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe("The most entries of one page"),
  cursor: z.string().max(500).optional().describe("The `nextCursor` of the page before; absent for the first page"),
};

/** The response of a list; `nextCursor` is null on the last page. */
export function listOf<S extends z.ZodType>(item: S) {
  const nextCursor = z.string().nullable().describe("Pass it as `cursor` to get the next page; null on the last one");
  return z.object({ data: z.array(item), nextCursor });
}
