/** A system with the door for wppconnect-server's clients, and a session `main` that is linked. */
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { PERMISSIONS } from "../../contracts/permissions.ts";
import type { SandboxPhone } from "../../contracts/sandbox.ts";
import { pairSession } from "../journeys/pairing.ts";
import { registerTenant, type TestClient } from "./client.ts";
import { PNG } from "./media-files.ts";
import { freePort } from "./port.ts";
import { startSystem, type System } from "./system.ts";
import { WppconnectClient } from "./wppconnect-client.ts";

/** Parts of answers that many routes have. */
export const PICTURE = `data:image/png;base64,${PNG.toString("base64")}`;
export const some = (kind: unknown): unknown => expect.any(kind) as unknown;
export const WID = { _serialized: some(String), server: some(String), user: some(String) };
export const SENT = {
  status: "success",
  mapper: "return",
  response: [{ id: some(String), fromMe: true, ack: some(Number) }],
};
export const OK = { status: "success" };

export interface Door {
  readonly system: System;
  readonly api: TestClient;
  /** Without a token yet. */
  readonly client: WppconnectClient;
  /** The tenant's, for tokens. */
  readonly secret: string;
  /** The digits of the session's phone, and of another one. */
  readonly own: string;
  readonly ana: string;
}

/** The caller stops the system. */
export async function startDoor(options: { readonly business?: boolean } = {}): Promise<Door> {
  const port = await freePort();
  const system = await startSystem({
    services: SERVICE_NAMES,
    environment: { WPP_SIGNUP: "open", WPP_SANDBOX: "on", WPP_COMPAT_WPPCONNECT_PORT: String(port) },
  });
  const api = await registerTenant(system.url);
  const scopes = PERMISSIONS.filter((permission) => permission !== "platform:admin");
  const { key } = await api.expect<{ key: string }>(201, "POST", "/api-keys", { name: "secret", scopes });
  const made = async (name: string, more: object): Promise<string> =>
    (await api.expect<SandboxPhone>(201, "POST", "/sandbox/phones", { name, ...more })).phone;
  const own = await made("Own", options);
  const ana = await made("Ana", { autoRead: true });
  await pairSession(api, "main", "light", own);
  const client = new WppconnectClient(`http://127.0.0.1:${port}`, "main");
  return { system, api, client, secret: key, own: own.slice(1), ana: ana.slice(1) };
}
