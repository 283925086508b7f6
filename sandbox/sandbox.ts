/** Opens the simulated WhatsApp network: its database file, its servers and its phones. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import type { SandboxEndpoint } from "../contracts/sandbox-wire.ts";
import { createPageCertificate } from "./certificate.ts";
import type { Changes } from "./changes.ts";
import { DeviceServer, LIVENESS, type Liveness } from "./device-server.ts";
import { FaultSettings } from "./fault-settings.ts";
import { LINK_TIMES, type LinkTimes } from "./linking.ts";
import { createNetwork, type Network } from "./network.ts";
import { serveMedia } from "./media-server.ts";
import { servePage } from "./page-server.ts";
import { Phones } from "./phones.ts";
import { startRetention } from "./retention.ts";
import type { Store } from "./store.ts";

export interface SandboxOptions {
  /** The directory of `sandbox.db`. */
  readonly dataDir: string;
  /** The address to listen on. The ports are chosen automatically. */
  readonly host: string;
  /** How long codes are valid; WhatsApp's own times by default. */
  readonly linkTimes?: Partial<LinkTimes>;
  readonly liveness?: Partial<Liveness>;
  /** Unix ms; tests replace it where the real network would take hours. */
  readonly now?: () => number;
  /** Receives the errors of background work, which has no caller; emits a process warning by default. */
  readonly onError?: (error: unknown) => void;
}

export interface Sandbox {
  readonly endpoint: SandboxEndpoint;
  readonly phones: Phones;
  readonly faults: FaultSettings;
  /** Notified after every change, so that a test can wait for a condition without polling. */
  readonly changes: Pick<Changes, "subscribe">;
  /** Closes all connections, commits pending work and closes the file. Idempotent; resolves within seconds. */
  close(): Promise<void>;
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

/** Opens the sandbox. Accounts, links, messages and queues are restored, however the last process ended. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const certificate = await createPageCertificate(options.dataDir);
  const network = createNetwork({
    dataDir: options.dataDir,
    linkTimes: { ...LINK_TIMES, ...options.linkTimes },
    now: options.now ?? Date.now,
    onError: options.onError ?? warn,
  });
  const devices = new DeviceServer(network, { ...LIVENESS, ...options.liveness });
  const pageServer = createSecureServer({ key: certificate.key, cert: certificate.cert }, servePage);
  const deviceServer = createServer(serveMedia(network.messages));
  devices.attach(pageServer, "https://web.whatsapp.com");
  devices.attach(deviceServer, null);
  const close = createClose(network, devices, [pageServer, deviceServer]);
  try {
    const ports = await listenOnSavedPorts(network.store, options.host, pageServer, deviceServer);
    network.mediaPort = ports.devicePort;
    await network.store.write(() => network.receipts.sendAllDue());
    startRetention(network);
    const endpoint = { host: reachableHost(options.host), ...ports, spki: certificate.spki };
    return {
      endpoint,
      phones: new Phones(network),
      faults: new FaultSettings(network),
      changes: network.store.changes,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A server that listens on every address is reached by the host name, from other machines too. */
function reachableHost(host: string): string {
  return host === "0.0.0.0" || host === "::" ? hostname() : host;
}

/** Listens on the saved ports, so that drivers can reconnect after a restart; on free ones where those are in use. */
async function listenOnSavedPorts(
  store: Store,
  host: string,
  pageServer: Server,
  deviceServer: Server,
): Promise<{ pagePort: number; devicePort: number }> {
  const last = store.one<{ page: number; device: number }>("SELECT page, device FROM ports")();
  const pagePort = await listen(pageServer, host, last?.page ?? 0);
  const devicePort = await listen(deviceServer, host, last?.device ?? 0);
  const savePorts = store.run("UPDATE ports SET page = ?, device = ?");
  await store.write(() => savePorts(pagePort, devicePort));
  return { pagePort, devicePort };
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    await once(server.listen(port, host), "listening");
  } catch (error) {
    if (port === 0) throw error;
    return listen(server, host, 0);
  }
  return (server.address() as AddressInfo).port;
}

/** Releases in reverse order; all callers share the first call's promise. */
function createClose(network: Network, devices: DeviceServer, servers: readonly Server[]): () => Promise<void> {
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    const closed = servers.map((server) => new Promise<void>((resolve) => void server.close(() => resolve())));
    network.clock.close();
    await devices.close();
    for (const server of servers) server.closeAllConnections();
    await Promise.all(closed);
    network.store.close();
  };
  return () => (closing ??= close());
}
