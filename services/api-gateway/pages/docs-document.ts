/** The parts of an OpenAPI 3.1 document that the reference reads, and its references. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly example?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly summary?: string; readonly value?: unknown }>>;
}

type Content = Readonly<Record<string, Media>>;

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
  readonly example?: unknown;
}

interface Body {
  readonly required?: boolean;
  readonly description?: string;
  readonly content?: Content;
}

interface Reference {
  readonly $ref: string;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: Body | Reference;
  readonly responses: Readonly<Record<string, Body | Reference>>;
}

export type Methods = Readonly<Record<string, Operation>>;

export interface OpenApi {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Methods>>;
  readonly webhooks?: Readonly<Record<string, Methods>>;
}

let openApi: OpenApi | undefined;

export async function loadDocument(): Promise<OpenApi> {
  const response = await fetch("/openapi.json", { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`/openapi.json answered with status ${response.status}`);
  openApi = (await response.json()) as OpenApi;
  return openApi;
}

/** The value itself, or what its reference points to. */
export function resolve<T extends object>(value: T | Reference): T {
  if (!("$ref" in value) || typeof value.$ref !== "string") return value as T;
  const names = value.$ref.replace("#/", "").split("/");
  let target: unknown = openApi;
  for (const name of names)
    target = (target as Record<string, unknown>)[name.replaceAll("~1", "/").replaceAll("~0", "~")];
  return resolve(target as T);
}

/** The name in a reference to a component; undefined for an inline schema. */
export function nameOf(schema: Schema): string | undefined {
  return schema.title ?? schema.$ref?.split("/").at(-1);
}
