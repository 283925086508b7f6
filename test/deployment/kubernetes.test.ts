/** The Kubernetes manifests are consistent with the code, with one another, and with their own rules. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { BASE_PATH, routes } from "../../contracts/routes.ts";
import { pageAliases } from "../../services/api-gateway/pages.ts";
import { isOurs } from "./compose.ts";
import {
  configure,
  expectClusterMember,
  generateSecrets,
  OPERATOR_PATHS,
  OVERLAYS,
  PINNED,
  removeTemporary,
  version,
} from "./configuration.ts";
import { missingTypes, typeErrorsOf } from "./kubernetes-types.ts";
import { environmentIn, KUSTOMIZE, podOf, readDocuments, render, type Container, type Manifest } from "./manifests.ts";
import { ROOT } from "./programs.ts";
import { reportUnchecked } from "./unchecked.ts";

beforeAll(generateSecrets);
afterAll(removeTemporary);

/** The public pages and routes outside the API's base path, and one route below it. */
const publicPaths = [
  ...routes.filter(({ root }) => root === true).map(({ path }) => path),
  ...Object.keys(pageAliases).map((alias) => alias.slice(alias.indexOf("/"))),
  `${BASE_PATH}/messages`,
  "/socket.io/",
].filter((path) => !OPERATOR_PATHS.includes(path));

if (KUSTOMIZE === undefined)
  reportUnchecked(
    "the effect of the overlays' patches",
    "neither kubectl nor kustomize is installed; the files are checked unpatched",
  );
const overlays = OVERLAYS.map((name) => [name, render(`overlays/${name}`)] as const);
const containersOf = (objects: readonly Manifest[]): Container[] =>
  objects.flatMap((object) => podOf(object)?.spec.containers ?? []);

test("every file is well-formed", () => {
  const files = readdirSync(join(ROOT, "k8s"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".yaml"),
  );
  for (const file of files)
    expect(readDocuments(readFileSync(join(ROOT, "k8s", file), "utf8")).every((document) => document !== null)).toBe(
      true,
    );
});

test.each(overlays)(
  "%s: each object matches the type of its kind",
  (_name, objects) => {
    const missing = missingTypes();
    if (missing.length > 0)
      return reportUnchecked(
        "the objects' fields against the Kubernetes schemas",
        `not installed: ${missing.join(", ")}`,
      );
    expect(typeErrorsOf(objects)).toBe("");
    const misspelt = objects.map((object) =>
      object.kind === "CronJob" ? { ...object, spec: { ...object.spec, shedule: "" } } : object,
    );
    expect(typeErrorsOf(misspelt)).toContain("shedule");
  },
  120_000,
);

test.each(overlays)("%s: pods are pinned, hardened, limited and probed", (_name, objects) => {
  for (const { spec } of objects.flatMap((object) => podOf(object) ?? [])) {
    expect([spec.enableServiceLinks, spec.automountServiceAccountToken]).toEqual([false, false]);
    expect([spec.securityContext?.runAsNonRoot, spec.securityContext?.seccompProfile?.type]).toEqual([
      true,
      "RuntimeDefault",
    ]);
    for (const container of spec.containers) {
      expect(container.image).toMatch(PINNED);
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
      expect(container.resources).toEqual({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: expect.objectContaining({ memory: expect.any(String) }),
      });
      for (const mount of container.volumeMounts ?? []) expect(mount.mountPath).toMatch(/^\//);
    }
  }
  for (const container of containersOf(objects).filter(({ image }) => isOurs(image))) {
    for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
      expect(routes.filter(({ root }) => root === true).map(({ path }) => path)).toContain(probe?.httpGet?.path);
      expect(container.ports?.map(({ name }) => name)).toContain(probe?.httpGet?.port);
    }
    expect(container.image).toMatch(new RegExp(`:${version}(-chromium)?$`));
  }
});

test.each(overlays)("%s: our processes get a valid configuration, and every service runs", (name, objects) => {
  const configs = containersOf(objects)
    .filter(({ image }) => isOurs(image))
    .map((container) => configure(environmentIn(objects, container)));
  configs.forEach(expectClusterMember);
  expect(new Set(configs.flatMap(({ services }) => services))).toEqual(
    new Set(SERVICE_NAMES.filter((service) => name === "trial" || service !== "sandbox")),
  );
});

test.each(overlays)("%s: everything that is referenced exists", (_name, objects) => {
  const pods = objects.flatMap((object) => podOf(object)?.metadata.labels["app.kubernetes.io/name"] ?? []);
  for (const { spec, metadata } of objects.filter(({ kind }) => kind === "Service")) {
    expect([metadata.name, pods]).toEqual([
      metadata.name,
      expect.arrayContaining([spec?.selector?.["app.kubernetes.io/name"]]),
    ]);
  }
  const claims = objects.filter(({ kind }) => kind === "PersistentVolumeClaim").map(({ metadata }) => metadata.name);
  const mounted = objects
    .flatMap((object) => podOf(object)?.spec.volumes ?? [])
    .flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
  expect(claims).toEqual(expect.arrayContaining(mounted));
  for (const { metadata } of objects)
    expect([metadata.name, metadata.namespace ?? "wpp"]).toEqual([metadata.name, "wpp"]);
});

test.each(overlays)("%s: exactly the public paths are routed from outside", (_name, objects) => {
  const rules = JSON.stringify(objects.find(({ kind }) => kind === "HTTPRoute" || kind === "Ingress")?.spec?.rules);
  const exact = new Set(
    [...rules.matchAll(/"(?:type|pathType)":"Exact","value":"([^"]+)"|"path":"([^"]+)","pathType":"Exact"/g)].map(
      ([, a, b]) => a ?? b!,
    ),
  );
  const prefixes = [
    ...rules.matchAll(/"type":"PathPrefix","value":"([^"]+)"|"path":"([^"]+)","pathType":"Prefix"/g),
  ].map(([, a, b]) => a ?? b!);
  const isRouted = (path: string) =>
    exact.has(path) || prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
  expect(publicPaths.filter((path) => !isRouted(path))).toEqual([]);
  expect(OPERATOR_PATHS.filter(isRouted)).toEqual([]);
});

test("the Gateway sets no time limit on sockets and backup downloads", () => {
  const rules = overlays.flatMap(([, objects]) =>
    objects.filter(({ kind }) => kind === "HTTPRoute").flatMap(({ spec }) => spec?.rules ?? []),
  );
  const unlimited = rules.filter((rule) => "timeouts" in rule && JSON.stringify(rule.timeouts) === '{"request":"0s"}');
  for (const path of ["/socket.io", `${BASE_PATH}/backups`])
    expect(JSON.stringify(unlimited)).toContain(`"value":"${path}"`);
});
