/** The OpenAPI document: valid, described throughout, and such that generated clients get useful types. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { EXAMPLES } from "../../contracts/examples.ts";
import { createOpenApi, operationIdOf } from "../../contracts/openapi.ts";
import { problemsOf } from "../../contracts/route.ts";
import { fullPathOf, routes } from "../../contracts/routes.ts";

type Json = Record<string, unknown>;
interface Content {
  readonly content?: Record<string, { schema: Json; examples?: Json }>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: string[];
  readonly parameters?: Json[];
  readonly requestBody?: Content;
  readonly responses: Record<string, Content & { $ref?: string }>;
}
interface Document {
  readonly tags: { name: string; description: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly webhooks: Record<string, { post: Operation }>;
  readonly components: {
    readonly schemas: Record<string, Json>;
    readonly responses: Record<string, Required<Content>>;
    readonly securitySchemes: Record<string, Json>;
  };
}

const document = createOpenApi("1.0.0") as unknown as Document;
const { schemas, responses } = document.components;
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
const operationOf = (id: string) => operations.find(({ operationId }) => operationId === id)!;

/** Calls `visit` for each schema in the value, with the name of its field. */
function walk(value: unknown, path: string, visit: (schema: Json, path: string) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) visit(value as Json, path);
  for (const [key, inner] of Object.entries(value))
    if (key !== "examples" && key !== "example") walk(inner, `${path}/${key}`, visit);
}

test("is valid OpenAPI 3.1", async () => {
  const result = await new Validator().validate(structuredClone(createOpenApi("1.0.0")));
  expect(result).toEqual({ valid: true });
});

test("describes every tag, operation, parameter and field", () => {
  const gaps: string[] = [];
  for (const { name, description } of document.tags) if (!description) gaps.push(`tag ${name}`);
  const named = new Set(document.tags.map(({ name }) => name));
  for (const { post } of Object.values(document.webhooks)) if (!post.description) gaps.push(post.operationId);
  for (const { operationId, summary, description, tags, parameters = [] } of operations) {
    if (!summary || !description || !tags.every((tag) => named.has(tag))) gaps.push(operationId);
    for (const parameter of parameters)
      if (!("$ref" in parameter) && !parameter["description"]) gaps.push(`${operationId} ${String(parameter["name"])}`);
  }
  walk({ schemas, operations }, "", ({ properties }, path) => {
    for (const [name, property] of Object.entries((properties ?? {}) as Record<string, Json>))
      if (!("$ref" in property || "const" in property) && !property["description"]) gaps.push(`${path} ${name}`);
  });
  expect(gaps).toEqual([]);
});

test("gives every request body a component with a title, and examples", () => {
  const gaps: string[] = [];
  for (const { operationId, requestBody } of operations) {
    const body = requestBody?.content?.["application/json"];
    if (body === undefined) continue;
    const name = String(body.schema["$ref"]).split("/").at(-1)!;
    if (schemas[name]?.["title"] !== name) gaps.push(`${operationId}: ${name} has no title`);
    if (Object.keys(body.examples ?? {}).length === 0) gaps.push(`${operationId} has no example`);
  }
  expect(gaps).toEqual([]);
  expect(Object.keys(EXAMPLES).filter((action) => !routes.some((route) => route.action === action))).toEqual([]);
});

test("has no defaults in schemas, which would make fields of requests required in some clients", () => {
  const found: string[] = [];
  walk({ schemas, operations }, "", ({ default: value }, path) => {
    if (value !== undefined) found.push(path);
  });
  expect(found).toEqual([]);
});

test.each(["SendMessage", "BulkMessage", "Event"])("%s is a union that its type discriminates", (name) => {
  const { oneOf, discriminator } = schemas[name] as {
    oneOf: { $ref: string }[];
    discriminator: { propertyName: string; mapping: Record<string, string> };
  };
  expect(discriminator.propertyName).toBe("type");
  expect(Object.values(discriminator.mapping)).toEqual(oneOf.map(({ $ref }) => $ref));
  for (const [type, reference] of Object.entries(discriminator.mapping)) {
    const { properties, required } = schemas[reference.split("/").at(-1)!] as {
      properties: Record<string, Json>;
      required: string[];
    };
    expect(properties["type"]!["const"]).toBe(type);
    expect(required).toContain("type");
  }
});

test("names the variants of a message after their kind", () => {
  expect(schemas["SendText"]).toMatchObject({ title: "SendText", required: ["to", "type", "text"] });
  expect(schemas["BulkText"]).toMatchObject({ title: "BulkText", required: ["type", "text"] });
});

test("has one type for each success, JSON where there is some", () => {
  for (const { operationId, responses: answers } of operations)
    for (const [status, { content = {} }] of Object.entries(answers)) {
      const types = Object.values(content).map(({ schema }) => JSON.stringify(schema));
      expect({ operationId, status, types: new Set(types).size }).toEqual({
        operationId,
        status,
        types: Math.min(1, types.length),
      });
    }
  expect(Object.keys(operationOf("sessionQr").responses["200"]!.content!)).toEqual(["application/json"]);
  expect(Object.keys(operationOf("sessionQrPng").responses["200"]!.content!)).toEqual(["image/png"]);
  expect(operationOf("analyticsOverview").description).toContain("text/csv");
});

test.each(routes.map((route) => [`${route.method} ${fullPathOf(route)}`, route] as const))(
  "%s lists the codes of its problems",
  (_name, route) => {
    const listed = Object.values(operationOf(operationIdOf(route)).responses).flatMap(({ $ref }) => {
      if ($ref === undefined) return [];
      const { schema, examples } = responses[$ref.split("/").at(-1)!]!.content["application/problem+json"]!;
      const [, { properties }] = schema["allOf"] as [Json, { properties: { code: { enum: string[] } } }];
      expect(Object.keys(examples ?? {})).toEqual(properties.code.enum);
      return properties.code.enum;
    });
    // The status 503 of a probe has its own body.
    const expected = problemsOf(route).filter((code) => code !== "unavailable" || route.responses[503] === undefined);
    expect(listed.toSorted()).toEqual(expected.toSorted());
  },
);
