/** docker-compose.yml as compose reads it: with merged aliases and substituted variables. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "./programs.ts";

export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly args?: Readonly<Record<string, string>> };
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[] | Readonly<Record<string, { readonly ipv4_address?: string }>>;
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly hostname?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly mem_limit?: string;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<
    Record<
      string,
      { readonly internal?: boolean; readonly ipam?: { readonly config: readonly { readonly subnet: string }[] } }
    >
  >;
  readonly volumes: Readonly<Record<string, object>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

/** Reads the file, replacing each `${NAME:-default}` by the given variable or its default. */
export function readCompose(variables: Readonly<Record<string, string>> = {}): ComposeFile {
  const text = readFileSync(join(ROOT, "docker-compose.yml"), "utf8").replaceAll(
    /\$\{(\w+):-([^}]*)\}/g,
    (_, name: string, fallback: string) => variables[name] ?? fallback,
  );
  if (text.includes("${")) throw new Error("docker-compose.yml has a variable without a default");
  return parse(text, { merge: true, strict: true }) as ComposeFile;
}

/** True for a service that runs our image. */
export function isOurs(image: string): boolean {
  return /(^|\/)wppconnect-agent-system:/.test(image);
}

/** The environment of one of our containers: the image's and the service's variables. */
export function environmentOf(service: ComposeService): Record<string, string> {
  return { NODE_ENV: "production", WPP_HOST: "0.0.0.0", WPP_DATA_DIR: "/data", ...service.environment };
}

/** The networks of a service, with its address where that is fixed. */
export function networksOf(service: ComposeService): Readonly<Record<string, { readonly ipv4_address?: string }>> {
  if (service.networks === undefined) return {};
  if (!Array.isArray(service.networks))
    return service.networks as Readonly<Record<string, { readonly ipv4_address?: string }>>;
  return Object.fromEntries((service.networks as readonly string[]).map((name) => [name, {}]));
}

/** The container's memory limit, and the maximum size of its tmpfs files, which count as memory; in bytes. */
export function memoryOf({ mem_limit, tmpfs = [] }: ComposeService): {
  readonly limit: number;
  readonly files: number;
} {
  const sizes = tmpfs.map((each) => /size=(\w+)/.exec(each)?.[1]).filter((size) => size !== undefined);
  return { limit: bytesOf(mem_limit ?? ""), files: sizes.reduce((sum, size) => sum + bytesOf(size), 0) };
}

function bytesOf(size: string): number {
  const [, number, unit] = /^(\d+)([mg])$/.exec(size) ?? [];
  if (number === undefined) throw new Error(`not a size in m or g: "${size}"`);
  return Number(number) * (unit === "g" ? 2 ** 30 : 2 ** 20);
}

/** The services that this one waits for. */
export function dependenciesOf(service: ComposeService): readonly string[] {
  const named = service.depends_on ?? {};
  return Array.isArray(named) ? (named as readonly string[]) : Object.keys(named);
}
