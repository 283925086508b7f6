/**
 * The Kubernetes manifests of an overlay: rendered by kustomize if it is installed, otherwise read without the patches.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { findProgram, ROOT, run } from "./programs.ts";

export interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly exec?: object;
  readonly tcpSocket?: object;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
  }[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
  readonly securityContext?: {
    readonly readOnlyRootFilesystem?: boolean;
    readonly allowPrivilegeEscalation?: boolean;
    readonly capabilities?: { readonly drop: readonly string[] };
  };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Volume {
  readonly name: string;
  readonly secret?: {
    readonly secretName: string;
    readonly items: readonly { readonly key: string; readonly path: string }[];
  };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly projected?: {
    readonly sources: readonly {
      readonly secret?: { readonly name: string; readonly items: readonly { readonly key: string }[] };
    }[];
  };
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly enableServiceLinks?: boolean;
  readonly automountServiceAccountToken?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: {
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly seccompProfile?: { readonly type: string };
  };
}

interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: PodSpec;
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly template?: PodTemplate;
    readonly jobTemplate?: { readonly spec: { readonly template: PodTemplate } };
    readonly selector?: Readonly<Record<string, string>> & { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
    readonly rules?: readonly object[];
    readonly [member: string]: unknown;
  };
}

interface Kustomization {
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  readonly configMapGenerator?: readonly {
    readonly name: string;
    readonly envs?: readonly string[];
    readonly literals?: readonly string[];
    readonly files?: readonly string[];
  }[];
}

export const KUSTOMIZE = findProgram("kubectl") ?? findProgram("kustomize");

/** All objects of a kustomization; `folder` is relative to `root`. */
export function render(folder: string, root = join(ROOT, "k8s")): Manifest[] {
  if (KUSTOMIZE === undefined) return readUnpatched(join(root, folder));
  const command = KUSTOMIZE.endsWith("kubectl") ? "kustomize" : "build";
  return readDocuments(run(KUSTOMIZE, [command, join(root, folder)]));
}

/** Parses every document of a YAML text; throws the first error. */
export function readDocuments(text: string): Manifest[] {
  return parseAllDocuments(text, { strict: true, uniqueKeys: true, version: "1.1" }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0]!;
    return document.toJS() as Manifest;
  });
}

/** The objects in the files, unpatched: this checks the base and the components, but not the overlays' patches. */
function readUnpatched(folder: string): Manifest[] {
  const file = join(folder, "kustomization.yaml");
  if (!existsSync(file)) return readDocuments(readFileSync(folder, "utf8"));
  const {
    resources = [],
    components = [],
    configMapGenerator = [],
  } = parse(readFileSync(file, "utf8")) as Kustomization;
  const objects = [...resources, ...components].flatMap((path) => readUnpatched(join(folder, path)));
  for (const { name, envs = [], literals = [], files = [] } of configMapGenerator) {
    const lines = [...envs.flatMap((path) => readFileSync(join(folder, path), "utf8").split("\n")), ...literals];
    const pairs = lines
      .filter((line) => /^\w+=/.test(line))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
    const contents = files.map((path) => [path, readFileSync(join(folder, path), "utf8")]);
    const earlier = objects.findIndex(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === name);
    const data = { ...objects[earlier]?.data, ...Object.fromEntries([...pairs, ...contents]) };
    if (earlier >= 0) objects.splice(earlier, 1);
    objects.push({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data });
  }
  return objects;
}

/** The pod template of an object, if it has one. */
export function podOf({ spec }: Manifest): PodTemplate | undefined {
  return spec?.template ?? spec?.jobTemplate?.spec.template;
}

/** The environment of a container, with its ConfigMaps; fields of the pod get sample values. */
export function environmentIn(objects: readonly Manifest[], container: Container): Record<string, string> {
  const shared = (container.envFrom ?? []).map(({ configMapRef: { name } }) => {
    const found = objects.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === name);
    if (found === undefined) throw new Error(`ConfigMap ${name} does not exist`);
    return found.data ?? {};
  });
  const own = (container.env ?? []).map(({ name, value, valueFrom }) => {
    const field = valueFrom?.fieldRef?.fieldPath;
    return [name, value ?? (field === "metadata.name" ? `${container.name}-7d4b9c6f5d-x2x8z` : `(${String(field)})`)];
  });
  return {
    NODE_ENV: "production",
    WPP_HOST: "0.0.0.0",
    WPP_DATA_DIR: "/data",
    ...Object.assign({}, ...shared),
    ...Object.fromEntries(own),
  };
}
