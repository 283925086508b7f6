/** The OpenAPI 3.1 document, generated from the schemas that validate requests and type events. */
import { z } from "zod";
import { PROBLEMS, ProblemBody, type ProblemCode } from "./errors.ts";
import {
  descriptionOf,
  EVENT_ENVELOPES,
  EVENT_TYPES,
  EventEnvelope,
  EVENTS,
  eventName,
  type EventType,
} from "./events.ts";
import { problemsOf, requirementsOf, type Route } from "./route.ts";
import { fullPathOf, routes } from "./routes.ts";

type Json = Record<string, unknown>;

/**
 * `auth.users.list` -> `authUsersList`, unless the route has its own id. Generated clients name their functions after
 * it.
 */
export function operationIdOf(route: Route): string {
  return route.operationId ?? route.action.replace(/[.-]+(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

/**
 * Schemas with an id become components; others are described in place. Requests are described as clients write them (a
 * default makes a field optional), responses as they are sent, open to further fields.
 */
class Schemas {
  readonly components: Record<string, Json> = {};
  readonly responses: Record<string, Json> = {};

  /** The response with one of these problems; routes with the same problems share it. */
  problemResponse(codes: readonly ProblemCode[]): Json {
    const name = codes.toSorted().join(".");
    const description = codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join("; ");
    this.responses[name] ??= {
      description,
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
    return { $ref: `#/components/responses/${name}` };
  }

  describe(schema: z.ZodType, io: "input" | "output"): Json {
    const {
      $schema: _dialect,
      $defs,
      ...json
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: "any",
      reused: "inline",
      override: ({ jsonSchema }) => simplify(jsonSchema, io),
    }) as Json & {
      $defs?: Record<string, Json>;
    };
    for (const [name, definition] of Object.entries($defs ?? {})) this.#add(name, definition, io);
    return this.#point(json, io);
  }

  /** The component of a schema that has an id. */
  name(schema: z.ZodType): Json {
    const id = z.globalRegistry.get(schema)?.id;
    const json = this.describe(schema, "output");
    if (id === undefined || "$ref" in json) return json;
    this.#add(id, json, "output");
    return { $ref: `#/components/schemas/${id}` };
  }

  #add(name: string, definition: Json, io: "input" | "output"): void {
    this.components[this.#keyOf(name, io)] ??= {};
    const { id: _id, ...rest } = this.#point(definition, io);
    this.components[this.#keyOf(name, io)] = rest;
  }

  /** A schema that is both sent and received may differ in what is required. */
  #keyOf(name: string, io: "input" | "output"): string {
    return io === "input" ? `${name}Request` : name;
  }

  /** Makes references point to the document's components. */
  #point(json: Json, io: "input" | "output"): Json {
    const visit = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(visit);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => {
          const name = key === "$ref" && typeof inner === "string" ? /^#\/\$defs\/(.+)$/.exec(inner)?.[1] : undefined;
          return [key, name === undefined ? visit(inner) : `#/components/schemas/${this.#keyOf(name, io)}`];
        }),
      );
    };
    return visit(json) as Json;
  }
}

/**
 * Removes details of no use to a reader: that a response has no other fields (it may gain some), safe-integer bounds,
 * and the patterns of formats.
 */
function simplify(json: z.core.JSONSchema.BaseSchema, io: "input" | "output"): void {
  if (io === "output" && json.additionalProperties === false) delete json.additionalProperties;
  if (json.format !== undefined) delete json.pattern;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
}

function parametersOf(route: Route, schemas: Schemas): Json[] {
  const parameters: Json[] = [];
  for (const [location, schema] of [
    ["path", route.params],
    ["query", route.query],
  ] as const) {
    if (schema === undefined) continue;
    const { properties = {}, required = [] } = schemas.describe(schema, "input") as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    for (const [name, property] of Object.entries(properties)) {
      const { description, ...rest } = property;
      parameters.push({
        name,
        in: location,
        required: location === "path" || required.includes(name),
        ...(description === undefined ? {} : { description }),
        schema: rest,
      });
    }
  }
  if (route.problems?.includes("idempotency_key_reused") === true)
    parameters.push({ $ref: "#/components/parameters/IdempotencyKey" });
  if (route.problems?.includes("precondition_failed") === true)
    parameters.push({ $ref: "#/components/parameters/IfMatch" });
  return parameters;
}

function bodyOf(route: Route, schemas: Schemas): Json | undefined {
  if (route.bodyKind === "upload") {
    const schema = { type: "object", required: ["file"], properties: { file: { type: "string", format: "binary" } } };
    return { required: true, content: { "multipart/form-data": { schema } } };
  }
  if (route.body === undefined) return undefined;
  return {
    required: !route.body.safeParse(undefined).success,
    content: { "application/json": { schema: schemas.describe(route.body, "input") } },
  };
}

function contentOf(route: Route, schema: z.ZodType, schemas: Schemas): Json {
  const binary = Object.fromEntries(
    (route.produces ?? []).map((type) => [
      type,
      type.includes("json") ? { schema: schemas.name(schema) } : { schema: { type: "string", format: "binary" } },
    ]),
  );
  const isBinaryOnly = schema instanceof z.ZodString && route.produces !== undefined;
  return isBinaryOnly ? binary : { "application/json": { schema: schemas.name(schema) }, ...binary };
}

function responsesOf(route: Route, schemas: Schemas): Json {
  const responses: Json = {};
  for (const [status, schema] of Object.entries(route.responses)) {
    responses[status] = {
      description: status === "202" ? "Accepted: it is carried out asynchronously" : "Success",
      ...(schema === null ? {} : { content: contentOf(route, schema, schemas) }),
    };
  }
  const byStatus = new Map<number, Set<ProblemCode>>();
  for (const code of problemsOf(route)) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b)) {
    if (responses[String(status)] !== undefined) continue;
    responses[String(status)] = schemas.problemResponse([...codes]);
  }
  return responses;
}

function operationOf(route: Route, schemas: Schemas): Json {
  const body = bodyOf(route, schemas);
  const parameters = parametersOf(route, schemas);
  const permission =
    route.permission === "public" || route.permission === "authenticated" ? undefined : route.permission;
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    tags: [route.tag],
    ...(permission === undefined ? {} : { description: requirementsOf(route), "x-permission": permission }),
    ...(route.permission === "public" ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responsesOf(route, schemas),
  };
}

function webhookOf(type: EventType, schemas: Schemas): Json {
  return {
    post: {
      operationId: `on${eventName(type)}`,
      summary: type,
      tags: ["Webhook events"],
      description: `${descriptionOf(type)} ${SIGNATURE}`,
      requestBody: { content: { "application/json": { schema: schemas.name(EVENT_ENVELOPES[type]) } } },
      responses: {
        "2XX": { description: "Delivered. Any other status is retried." },
        "410": { description: "Disables the endpoint." },
      },
    },
  };
}

/** The component `Event`, with the type that stands for each of its variants. */
function addEvents(schemas: Schemas): void {
  schemas.name(EventEnvelope);
  const mapping = Object.fromEntries(EVENT_TYPES.map((type) => [type, `#/components/schemas/${eventName(type)}Event`]));
  Object.assign(schemas.components["Event"]!, { discriminator: { propertyName: "type", mapping } });
}

/** An entry for each type that webhooks deliver. */
function webhooksOf(schemas: Schemas): Json {
  const delivered = EVENT_TYPES.filter((type) => EVENTS[type].published !== "socket");
  return Object.fromEntries(delivered.map((type) => [type, webhookOf(type, schemas)]));
}

const DESCRIPTION = `A gateway between programs and WhatsApp.

${[
  "A `202` is durable: the message is sent, or an event reports why it was not.",
  "Errors are problem documents (RFC 9457) with a stable `code`.",
  "Lists are `{ data, nextCursor }`; pass `nextCursor` as `cursor` to get the next page.",
].join(" ")}`;

const SIGNATURE = [
  "Signed as specified by Standard Webhooks:",
  "headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.",
].join(" ");

const PARAMETERS = {
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "A repeated request with the same key is not executed again: it gets the first response, " +
      "with the header `Idempotency-Replayed: true`",
    schema: { type: "string", minLength: 1, maxLength: 255 },
  },
  IfMatch: {
    name: "If-Match",
    in: "header",
    required: false,
    description: "The `ETag` of the version to change; 412 when the resource has changed since",
    schema: { type: "string" },
  },
};

/** The OpenAPI document. */
export function createOpenApi(version: string): Json {
  const schemas = new Schemas();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = fullPathOf(route).replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  schemas.name(ProblemBody);
  addEvents(schemas);
  return {
    openapi: "3.1.1",
    info: {
      title: "WPPConnect Agent System",
      version,
      description: DESCRIPTION,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ accessToken: [] }, { apiKey: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    webhooks: webhooksOf(schemas),
    components: {
      schemas: schemas.components,
      responses: schemas.responses,
      parameters: PARAMETERS,
      securitySchemes: {
        accessToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "From `POST /api/v1/auth/login`. An API key may be given here too.",
        },
        apiKey: { type: "apiKey", in: "header", name: "X-Api-Key" },
      },
    },
  };
}
