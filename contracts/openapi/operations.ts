/** One operation of the document from one route: parameters, body, responses. */
import { z } from "zod";
import { EXAMPLES } from "../examples.ts";
import { PROBLEMS, type ProblemCode } from "../errors.ts";
import { problemsOf, requirementsOf, type Route } from "../route.ts";
import type { Json, Schemas } from "./schemas.ts";

/** `auth.users.list` -> `authUsersList`. Generated clients name their functions after it. */
export function operationIdOf(route: Route): string {
  return route.action.replace(/[.-]+(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

export const HEADERS = {
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

const UPLOAD = {
  title: "Upload",
  type: "object",
  required: ["file"],
  properties: {
    file: { type: "string", format: "binary", description: "The file, with its name and, if known, its media type" },
  },
};

/** True for a body that may only be empty: it is accepted, and no client needs to know. */
function isEmpty(body: z.ZodType): boolean {
  const inner = body instanceof z.ZodOptional ? body.unwrap() : body;
  return inner instanceof z.ZodObject && Object.keys(inner.shape).length === 0;
}

function bodyOf(route: Route, schemas: Schemas): Json | undefined {
  if (route.bodyKind === "upload") return { required: true, content: { "multipart/form-data": { schema: UPLOAD } } };
  if (route.body === undefined || isEmpty(route.body)) return undefined;
  const examples = Object.entries(EXAMPLES[route.action] ?? {}).map(([summary, value], index) => [
    `example${index + 1}`,
    { summary, value },
  ]);
  return {
    required: !route.body.safeParse(undefined).success,
    content: {
      "application/json": {
        schema: schemas.request(route.body, operationIdOf(route)),
        ...(examples.length === 0 ? {} : { examples: Object.fromEntries(examples) as Json }),
      },
    },
  };
}

/**
 * One media type with one schema, so that generated clients know the type of the answer: JSON where there is some. The
 * others are named in the operation's description.
 */
function contentOf(route: Route, schema: z.ZodType, schemas: Schemas): Json {
  const produces = route.produces ?? [];
  if (schema instanceof z.ZodString && produces.length > 0)
    return Object.fromEntries(produces.map((type) => [type, { schema: { type: "string", format: "binary" } }]));
  const type = produces.find((name) => name.includes("json")) ?? "application/json";
  return { [type]: { schema: schemas.response(schema) } };
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

function descriptionOf(route: Route): string {
  const { permission, produces = [] } = route;
  const alternatives = Object.values(route.responses).some((schema) => schema instanceof z.ZodString)
    ? []
    : produces.filter((type) => !type.includes("json"));
  return [
    route.description,
    ...alternatives.map((type) => `With \`Accept: ${type}\` the answer has that type in place of JSON.`),
    permission === "public"
      ? "Needs no credentials."
      : permission === "authenticated"
        ? "Any valid credentials suffice."
        : requirementsOf(route),
  ]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
}

export function operationOf(route: Route, schemas: Schemas): Json {
  const { permission } = route;
  const body = bodyOf(route, schemas);
  const parameters = parametersOf(route, schemas);
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    description: descriptionOf(route),
    tags: [route.tag],
    ...(permission === "public" || permission === "authenticated" ? {} : { "x-permission": permission }),
    ...(permission === "public" ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responsesOf(route, schemas),
  };
}
