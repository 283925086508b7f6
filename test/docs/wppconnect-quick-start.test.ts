/** The quick start of docs/wppconnect-server.md runs as it stands. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { PERMISSIONS } from "../../contracts/permissions.ts";
import { registerTenant } from "../harness/client.ts";
import { freePort } from "../harness/port.ts";
import { startSystem, type System } from "../harness/system.ts";

let system: System;
let door = "";

beforeAll(async () => {
  const port = await freePort();
  door = `http://127.0.0.1:${port}`;
  system = await startSystem({
    services: SERVICE_NAMES,
    environment: {
      WPP_SIGNUP: "open",
      WPP_SANDBOX: "on",
      WPP_COMPAT_WPPCONNECT_PORT: String(port),
      WPP_COMPAT_WPPCONNECT_NETWORK: "sandbox",
    },
  });
}, 60_000);

afterAll(() => system?.stop());

test("a token, a QR code, and a send that waits for the scan", async () => {
  const api = await registerTenant(system.url);
  const scopes = PERMISSIONS.filter((permission) => permission !== "platform:admin");
  const { key } = await api.expect<{ key: string }>(201, "POST", "/api-keys", { name: "secret", scopes });
  const page = readFileSync(join(import.meta.dirname, "../../docs/wppconnect-server.md"), "utf8");
  const script = /```sh\n(DOOR=[\s\S]*?)```/.exec(page)?.[1] ?? "";
  const environment = { PATH: process.env["PATH"], DOOR: door, SECRET: key, PHONE: "15550100002" };
  const { stdout } = await promisify(execFile)("sh", ["-c", script], { env: environment, timeout: 60_000 });
  expect(stdout).toMatch(/"status":"qrcode","qrcode":"data:image\/png;base64,.*"session":"NERDWHATS_AMERICA"}/);
  expect(stdout).toMatch(/"status":"Disconnected","message":"A sessão do WhatsApp não está ativa."/);
}, 60_000);
