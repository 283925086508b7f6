/** Types of the API's routes, from its OpenAPI document. */
import type { components, paths } from "./schema.gen.ts";

type Prefix = "/api/v1";
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A schema of the API by its name, such as `Schema<"Message">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

type OfItem<Item, M extends Method> = Item extends Readonly<Record<Lowercase<M>, infer Found>> ? Found : never;

/** A path as a client writes it: `/sessions/{session}/messages`. */
type Short<FullPath> = FullPath extends `${Prefix}${infer Rest}` ? Rest : FullPath;
/** For each of several paths its own. */
type Item<P extends string> = P extends string
  ? `${Prefix}${P}` extends keyof paths
    ? paths[`${Prefix}${P}`]
    : P extends keyof paths
      ? paths[P]
      : never
  : never;

/** The paths that have this method. */
export type Path<M extends Method> = {
  [P in keyof paths]: [OfItem<paths[P], M>] extends [undefined] ? never : Short<P>;
}[keyof paths];

type Of<M extends Method, P extends string> = OfItem<Item<P>, M>;

type PathParameters<O> = O extends { parameters: { path: infer Found } } ? Found : undefined;
type Query<O> = O extends { parameters: { query?: infer Found } } ? Found : undefined;
type Body<O> = O extends { requestBody: { content: { "application/json": infer Found } } }
  ? Found
  : O extends { requestBody?: { content: { "application/json": infer Found } } }
    ? Found | undefined
    : O extends { requestBody: unknown }
      ? FormData
      : undefined;

/** A field that may be left out when its type allows undefined. */
type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { readonly [N in Name]?: undefined }
  : undefined extends Value
    ? { readonly [N in Name]?: Value }
    : { readonly [N in Name]: Value };

/** What a request of this route takes beside its path and method. */
export type RequestOf<M extends Method, P extends Path<M>> = Part<"path", PathParameters<Of<M, P>>> &
  Part<"query", Query<Of<M, P>> | undefined> &
  Part<"body", Body<Of<M, P>>> &
  RequestOptions;

export interface RequestOptions {
  /** Of your own: the same key gives the same answer, and sends once. Sends have one of their own otherwise. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** ms for one attempt, in place of the client's. */
  readonly timeoutMs?: number;
}

type Content<R> = R extends { content: { "application/json": infer Found } }
  ? Found
  : R extends { content: Record<string, unknown> }
    ? Blob
    : undefined;
type Responses<O> = O extends { responses: infer Found } ? Found : never;

type BodyOf<O> = O extends unknown ? Content<Responses<O>[keyof Responses<O>]> : never;

/** The body of a success: parsed JSON, a Blob for other types, undefined without one. */
export type ResponseOf<M extends Method, P extends Path<M>> = BodyOf<Of<M, P>>;

/** The entry of a list. */
export type EntryOf<P extends Path<"GET">> =
  ResponseOf<"GET", P> extends { data: readonly (infer Entry)[] } ? Entry : never;

/** An event of the log, of Socket.io and of webhooks; `type` tells them apart. */
export type Event = Schema<"Event">;
export type EventOf<T extends Event["type"]> = Extract<Event, { type: T }>;
