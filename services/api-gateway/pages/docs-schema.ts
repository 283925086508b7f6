/** Schemas as nested tables of fields, and examples of their values. */
import { nameOf, resolve, type Media, type Schema } from "./docs-document.ts";
import { make } from "./dom.ts";

/** Deeper fields are opened by the reader. */
const OPEN_DEPTH = 1;
/** Deeper parts of an example are left empty; recursive schemas end there. */
const EXAMPLE_DEPTH = 8;

function isNull(schema: Schema): boolean {
  return schema.type === "null" || schema.const === null;
}

/** A schema without its alternative "null", and whether it had one. */
function withoutNull(given: Schema): { schema: Schema; nullable: boolean } {
  const schema = resolve(given);
  const [kind, alternatives] =
    schema.oneOf === undefined ? (["anyOf", schema.anyOf] as const) : (["oneOf", schema.oneOf] as const);
  if (alternatives?.some(isNull) === true) {
    const rest = alternatives.filter((alternative) => !isNull(alternative));
    const { [kind]: _removed, ...others } = schema;
    return {
      schema: rest.length === 1 ? { ...resolve(rest[0]!), ...others } : { ...schema, [kind]: rest },
      nullable: true,
    };
  }
  if (Array.isArray(schema.type) && schema.type.includes("null")) {
    const types = schema.type.filter((type: string) => type !== "null");
    return { schema: { ...schema, type: types.length === 1 ? types[0] : types }, nullable: true };
  }
  return { schema, nullable: false };
}

/** Properties of the schema and of everything that it is combined from. */
function merged(schema: Schema): Schema {
  if (schema.allOf === undefined) return schema;
  const parts = schema.allOf.map((part) => merged(resolve(part)));
  return {
    ...Object.assign({}, ...parts),
    ...schema,
    properties: Object.assign({}, ...parts.map(({ properties }) => properties), schema.properties) as Record<
      string,
      Schema
    >,
    required: [...parts.flatMap(({ required = [] }) => required), ...(schema.required ?? [])],
  };
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The type in words, such as `array of string or null`. */
export function typeOf(given: Schema): string {
  const { schema, nullable } = withoutNull(given);
  const end = nullable ? " or null" : "";
  if (schema.items !== undefined) return `array of ${nameOf(schema.items) ?? typeOf(schema.items)}${end}`;
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return `one of ${alternatives.length}${end}`;
  const type = schema.type ?? (schema.properties === undefined ? "any" : "object");
  const format = schema.format === undefined ? "" : ` (${schema.format})`;
  return `${typeof type === "string" ? type : type.join(" or ")}${format}${end}`;
}

/** The rules that a value must meet, in words. */
function rulesOf(given: Schema): string[] {
  const { schema } = withoutNull(given);
  const rules: string[] = [];
  if (schema.const !== undefined) rules.push(`always ${shown(schema.const)}`);
  if (schema.enum !== undefined) rules.push(`one of ${schema.enum.map(shown).join(", ")}`);
  if (schema.default !== undefined && schema.default !== null) rules.push(`default ${shown(schema.default)}`);
  const limits = [
    [schema.minimum, schema.maximum, ""],
    [schema.minLength, schema.maxLength, " characters"],
    [schema.minItems, schema.maxItems, " items"],
  ] as const;
  for (const [least, most, unit] of limits) {
    // Limits of all safe integers say nothing.
    const [from, to] = [least, most].map((limit) =>
      limit === undefined || Math.abs(limit) >= 2 ** 53 - 1 ? undefined : limit,
    );
    if (from !== undefined && to !== undefined) rules.push(`${from} to ${to}${unit}`);
    else if (from !== undefined) rules.push(`at least ${from}${unit}`);
    else if (to !== undefined) rules.push(`at most ${to}${unit}`);
  }
  if (schema.pattern !== undefined && schema.pattern.length < 80) rules.push(`pattern ${schema.pattern}`);
  return rules;
}

/** Text in which `code`, **strong** and lists are marked, as the document writes them. */
export function prose(text: string, tag = "p"): HTMLElement[] {
  return text.split(/\n\n+/).map((paragraph) => {
    if (!paragraph.startsWith("- ")) return marked(paragraph, tag);
    const list = make("ul", "");
    list.append(
      ...paragraph
        .slice(2)
        .split(/\n- /)
        .map((item) => marked(item, "li")),
    );
    return list;
  });
}

function marked(text: string, tag: string): HTMLElement {
  const made = make(tag, "");
  for (const part of text.split(/(`[^`]+`|\*\*[^*]+\*\*)/)) {
    if (part.startsWith("`")) made.append(make("code", part.slice(1, -1)));
    else if (part.startsWith("**")) made.append(make("b", part.slice(2, -2)));
    else made.append(part);
  }
  return made;
}

/** The title of an alternative: its name, or the fixed values that tell it apart. */
function titleOf(schema: Schema, index: number): string {
  const resolved = merged(resolve(schema));
  const fixed = Object.entries(resolved.properties ?? {})
    .filter(([name]) => resolved.required?.includes(name) === true)
    .map(([name, property]) => [name, resolve(property).const] as const)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${shown(value)}`);
  return (
    resolved.title ?? (fixed.length > 0 ? fixed.join(", ") : (nameOf(schema) ?? `${index + 1}: ${typeOf(schema)}`))
  );
}

/** The schema whose fields are shown below a value: that of an array's items, or of a map's values. */
function innerOf(given: Schema): Schema | undefined {
  const schema = merged(withoutNull(given).schema);
  if (schema.items !== undefined) return innerOf(schema.items);
  if (schema.properties !== undefined || schema.oneOf !== undefined || schema.anyOf !== undefined) return schema;
  const rest = schema.additionalProperties;
  return typeof rest === "object" ? innerOf(rest) : undefined;
}

/** A section that is filled when it is opened for the first time. */
export function lazy(
  title: string | readonly (Node | string)[],
  isOpen: boolean,
  content: () => readonly Node[],
): HTMLElement {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.append(...(typeof title === "string" ? [title] : title));
  details.append(summary);
  const load = () => {
    if (details.open && details.childElementCount === 1) details.append(...content());
  };
  details.addEventListener("toggle", load);
  if (isOpen) {
    details.open = true;
    load();
  }
  return details;
}

/** The fields of an object, or the alternatives of a value. Empty for a plain value. */
export function describeSchema(given: Schema, depth = 0): HTMLElement[] {
  const schema = innerOf(given);
  if (schema === undefined) return [];
  const alternatives = schema.oneOf ?? schema.anyOf ?? [];
  const described = alternatives
    .filter((alternative) => innerOf(alternative) !== undefined)
    .map((alternative) =>
      lazy(titleOf(alternative, alternatives.indexOf(alternative)), false, () => describeSchema(alternative, depth)),
    );
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return described;
  const list = make("dl", "", "fields");
  for (const [name, field] of fields)
    list.append(...describeField(name, field, schema.required?.includes(name) === true, depth));
  return [list, ...described];
}

/** A field as a term and its description. */
export function describeField(name: string, field: Schema, isRequired: boolean, depth: number): HTMLElement[] {
  const term = make("dt", "");
  term.append(make("code", name), " ", make("span", typeOf(field), "type"));
  if (isRequired) term.append(" ", make("span", "required", "required"));
  const description = make("dd", "");
  const resolved = resolve(field);
  const words = field.description ?? resolved.description;
  if (words !== undefined) description.append(...prose(words));
  const rules = rulesOf(field);
  if (rules.length > 0) description.append(make("p", rules.join("; "), "rules"));
  if (innerOf(field) !== undefined)
    description.append(lazy("Fields", depth < OPEN_DEPTH, () => describeSchema(field, depth + 1)));
  return [term, description];
}

/**
 * An example of a value: the schema's own, or one made of its fields' examples. Optional fields without one are left
 * out.
 */
export function exampleOf(given: Schema, depth = 0): unknown {
  const { schema: found, nullable } = withoutNull(given);
  const schema = merged(found);
  if (schema.const !== undefined) return schema.const;
  const own = schema.example ?? schema.examples?.[0] ?? schema.default;
  if (own !== undefined) return own;
  if (schema.enum !== undefined) return schema.enum[0];
  if (depth > EXAMPLE_DEPTH || (nullable && depth > 0)) return null;
  const first = (schema.oneOf ?? schema.anyOf)?.[0];
  if (first !== undefined) return exampleOf(first, depth);
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).filter(([name]) => schema.required?.includes(name) === true);
    return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field, depth + 1)]));
  }
  if (schema.items !== undefined) return [exampleOf(schema.items, depth + 1)];
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 1;
  if (schema.type === "boolean") return false;
  if (schema.type === "string") return schema.format === "date-time" ? new Date().toISOString() : "";
  return {};
}

/** The example of a body: the document's own, or one made from its schema. */
export function exampleOfMedia({ example, examples, schema }: Media): unknown {
  return example ?? Object.values(examples ?? {})[0]?.value ?? (schema === undefined ? {} : exampleOf(schema));
}
