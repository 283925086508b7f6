/**
 * What a route is: one record from which the gateway's alias, the validation, OpenAPI, the golden table and the docs
 * are made.
 */
import { z } from "zod";
import type { Permission } from "./permissions.ts";
import type { ProblemCode } from "./errors.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** `object` refuses unknown fields, as every request of this API does. */
export const object = z.strictObject;

export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
> {
  readonly method: Method;
  /** Below the base path, with `:name` for parameters: `/sessions/:session/start`. */
  readonly path: string;
  /** The Moleculer action that serves it. */
  readonly action: string;
  /** The name of the operation in OpenAPI; made from the action's name when absent. Clients' generated code has it. */
  readonly operationId?: string;
  /**
   * The permission that it asks for; `public` for the few that need no credentials; `authenticated` for those any valid
   * credentials may use.
   */
  readonly permission: Permission | "public" | "authenticated";
  readonly summary: string;
  readonly tag: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** `json` (default), `upload` for a streamed body: multipart/form-data. */
  readonly bodyKind?: "json" | "upload";
  /** `media`: the JSON body may hold media as base64, and is limited by WPP_MAX_MEDIA_MB instead of 1 MB. */
  readonly bodyLimit?: "media";
  /** Success answers by status; `null` for no body; a media type other than JSON is named in `produces`. */
  readonly responses: Readonly<Record<number, z.ZodType | null>>;
  /** Media types of a success beside application/json. */
  readonly produces?: readonly string[];
  /** Problems that it can answer beside those of every route. */
  readonly problems?: readonly ProblemCode[];
  /** At the root of the server, not below `/api/v1`: probes and pages. */
  readonly root?: true;
}

/** Declares a route; only here for the inference of its schemas. */
export function route<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
>(definition: Route<P, Q, B>): Route<P, Q, B> {
  return definition;
}

/** What a part of the request is after validation; undefined where the route declares no schema. */
type Output<S> = NonNullable<S> extends z.ZodType ? z.output<NonNullable<S>> : undefined;

/** The `ctx.params` of the action that serves the route: checked and with defaults filled in. */
export interface RouteInput<R extends Route> {
  readonly params: Output<R["params"]>;
  readonly query: Output<R["query"]>;
  readonly body: Output<R["body"]>;
}

/** Every problem that the route can answer: those of any route by what it asks for, and its own. */
export function problemsOf(route: Route): ProblemCode[] {
  const codes: ProblemCode[] = ["rate_limited", "unavailable", "outcome_unknown", "internal", "validation"];
  if (route.permission !== "public") codes.push("unauthenticated", "token_expired", "tenant_suspended");
  if (route.permission !== "public" && route.permission !== "authenticated") codes.push("forbidden");
  if (route.params !== undefined) codes.push("not_found");
  if (route.method !== "GET") codes.push("malformed_json", "payload_too_large", "unsupported_media_type");
  return [...new Set([...codes, ...(route.problems ?? [])])];
}

/** The query of every list: `limit` 1..200 and an opaque cursor. */
export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
};

/** A list's answer. */
export function listOf<S extends z.ZodType>(item: S) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}
