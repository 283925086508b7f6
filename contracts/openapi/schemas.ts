/** The components of the document: schemas from zod, described as generated clients need them. */
import { z } from "zod";
import { PROBLEMS, type ProblemCode } from "../errors.ts";
import { FIELDS } from "./fields.ts";

export type Json = Record<string, unknown>;
type Direction = "input" | "output";

/** A discriminated union in a component; `mapping` follows from its variants. */
interface Union {
  readonly oneOf: readonly { readonly $ref: string }[];
  readonly discriminator: { readonly propertyName: string; mapping?: Readonly<Record<string, string>> };
}

const PREFIX = "#/components/schemas/";

/**
 * Schemas with an id become components; others are described in place. Requests are described as clients write them (a
 * default makes a field optional), responses as they are sent, open to further fields.
 */
export class Schemas {
  readonly components: Record<string, Json> = {};
  readonly responses: Record<string, Json> = {};

  /** The response with one of these problems; routes with the same problems share it. */
  problemResponse(codes: readonly ProblemCode[]): Json {
    const name = codes.toSorted().join(".");
    this.responses[name] ??= describeProblems(codes);
    return { $ref: `#/components/responses/${name}` };
  }

  describe(schema: z.ZodType, io: Direction): Json {
    const {
      $schema: _dialect,
      $defs,
      ...json
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: "any",
      reused: "inline",
      override: ({ zodSchema, jsonSchema }) => simplify(zodSchema, jsonSchema, io),
    }) as Json & { $defs?: Record<string, Json> };
    for (const [name, definition] of Object.entries($defs ?? {})) this.#add(name, rewrite(definition, io));
    return rewrite(json, io);
  }

  /** A reference to the component of a response, or the schema itself when it has no id. */
  response(schema: z.ZodType): Json {
    const id = z.globalRegistry.get(schema)?.id;
    return id === undefined ? this.describe(schema, "output") : this.#refer(id, this.describe(schema, "output"));
  }

  /** A reference to the component of a request, named after its id, or after the operation when it has none. */
  request(schema: z.ZodType, operation: string): Json {
    const id = z.globalRegistry.get(schema)?.id ?? `${operation[0]!.toUpperCase()}${operation.slice(1)}Request`;
    const { default: _default, ...json } = this.describe(schema, "input");
    return this.#refer(id, { title: id, ...json });
  }

  /** All components, with the mapping of each discriminated union. */
  finish(): Record<string, Json> {
    for (const component of Object.values(this.components)) {
      if (!isUnion(component)) continue;
      const { propertyName } = component.discriminator;
      const valueOf = (reference: string): string => {
        const { properties } = this.components[reference.slice(PREFIX.length)] as { properties: Record<string, Json> };
        return String(properties[propertyName]!["const"]);
      };
      component.discriminator.mapping = Object.fromEntries(component.oneOf.map(({ $ref }) => [valueOf($ref), $ref]));
    }
    return this.components;
  }

  #refer(id: string, json: Json): Json {
    const reference = { $ref: `${PREFIX}${id}` };
    if (json["$ref"] !== reference.$ref) this.#add(id, json);
    return reference;
  }

  #add(name: string, { id: _id, ...json }: Json): void {
    const known = this.components[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(json))
      throw new Error(`two schemas, or the request and the response of one, have the id ${name}`);
    this.components[name] = json;
  }
}

function isUnion(component: Json): component is Json & Union {
  return "oneOf" in component && "discriminator" in component;
}

/** Makes references point to the document's components, and describes the fields of objects. */
function rewrite(json: Json, io: Direction): Json {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => {
      const name = key === "$ref" && typeof inner === "string" ? /^#\/\$defs\/(.+)$/.exec(inner)?.[1] : undefined;
      return [key, name === undefined ? visit(inner) : `${PREFIX}${name}`] as const;
    });
    const schema = Object.fromEntries(entries) as { properties?: Record<string, Json> };
    for (const [name, property] of Object.entries(schema.properties ?? {})) describeField(name, property, io);
    return schema;
  };
  return visit(json) as Json;
}

/**
 * Removes details of no use to a reader: that a response has no other fields (it may gain some), safe-integer bounds,
 * and the patterns of formats. Names the property that tells the variants of a union apart.
 */
function simplify(zodSchema: z.core.$ZodTypes, json: z.core.JSONSchema.BaseSchema, io: Direction): void {
  if (io === "output" && json.additionalProperties === false) delete json.additionalProperties;
  if (json.format !== undefined) delete json.pattern;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  const { def } = zodSchema._zod;
  if (def.type === "union" && "discriminator" in def && json.oneOf !== undefined)
    json["discriminator"] = { propertyName: def.discriminator };
}

/**
 * Gives the field the description of its name when it has none, and moves the default of a request's field into the
 * description: some generators make a field with a default required. A field of a response is always there, so that its
 * default means nothing.
 */
function describeField(name: string, property: Json, io: Direction): void {
  const { default: value } = property;
  delete property["default"];
  if (!("$ref" in property) && FIELDS[name] !== undefined) property["description"] ??= FIELDS[name];
  const { description = "" } = property as { description?: string };
  const isScalar = value !== undefined && value !== null && typeof value !== "object";
  if (io === "output" || !isScalar || /by default|its default/i.test(description)) return;
  property["description"] = `${description === "" ? "" : `${description}. `}Default: \`${String(value)}\``;
}

/** Seconds to wait are stated with every problem that passes. */
const RETRY_AFTER = {
  "Retry-After": { description: "Seconds after which a retry makes sense", schema: { type: "integer" } },
};

function describeProblems(codes: readonly ProblemCode[]): Json {
  const { status } = PROBLEMS[codes[0]!];
  const narrowed = { type: "object", required: ["code"], properties: { code: { type: "string", enum: codes } } };
  const examples = codes.map((code) => [code, { value: problemExample(code) }] as const);
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join("; "),
    ...(status === 429 || status === 503 ? { headers: RETRY_AFTER } : {}),
    content: {
      "application/problem+json": {
        schema: { allOf: [{ $ref: `${PREFIX}Problem` }, narrowed] },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

function problemExample(code: ProblemCode): Json {
  const { status, title } = PROBLEMS[code];
  const detail = "is required: expected a string";
  return {
    type: `urn:wppconnect:problem:${code}`,
    title,
    status,
    detail: code === "validation" ? `/to: ${detail}` : title,
    instance: "/api/v1/sessions/support/messages",
    code,
    requestId: "req_0195536fc3d4782f9a6b5e8103f4d2c1",
    ...(code === "validation" ? { errors: [{ pointer: "/to", code: "invalid_type", detail }] } : {}),
  };
}
