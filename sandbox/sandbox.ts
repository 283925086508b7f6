/** Opens the pretend WhatsApp network: its file, its listeners and its phones. */
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { SandboxEndpoint } from "../contracts/sandbox-wire.ts";
import { createPageCertificate } from "./certificate.ts";
import type { Changes } from "./changes.ts";
import { DeviceServer, LIVENESS, type Liveness } from "./device-server.ts";
import { FaultBoard } from "./fault-board.ts";
import { LINK_TIMES, type LinkTimes } from "./linking.ts";
import { createNetwork, type Network } from "./network.ts";
import { servePage } from "./page-server.ts";
import { Phones } from "./phones.ts";
import { startRetention } from "./retention.ts";

export interface SandboxOptions {
  /** `sandbox.db` is kept here. */
  readonly dataDir: string;
  /** The address to listen on; the ports are free ones. */
  readonly host: string;
  /** How long codes hold; WhatsApp's own times by default. */
  readonly linkTimes?: Partial<LinkTimes>;
  readonly liveness?: Partial<Liveness>;
  /** Unix ms; replaced in tests of what takes hours. */
  readonly now?: () => number;
  /** Hears of failures that no caller waits for; a process warning by default. */
  readonly onError?: (error: unknown) => void;
}

export interface Sandbox {
  readonly endpoint: SandboxEndpoint;
  readonly phones: Phones;
  readonly faults: FaultBoard;
  /** Told after everything that happens, so that a test can wait for a condition without polling. */
  readonly changes: Pick<Changes, "subscribe">;
  /** Hangs up, writes what is left and closes the file. Idempotent; settles within seconds. */
  close(): Promise<void>;
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

/** Opens the sandbox. Accounts, links, messages and queues are as they were, however the last process ended. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const certificate = await createPageCertificate();
  const network = createNetwork({
    dataDir: options.dataDir,
    linkTimes: { ...LINK_TIMES, ...options.linkTimes },
    now: options.now ?? Date.now,
    onError: options.onError ?? warn,
  });
  const devices = new DeviceServer(network, { ...LIVENESS, ...options.liveness });
  const pageServer = createSecureServer({ key: certificate.key, cert: certificate.cert }, servePage);
  const deviceServer = createServer((_request, response) => void response.writeHead(426).end());
  devices.attach(pageServer, "https://web.whatsapp.com");
  devices.attach(deviceServer, null);
  const close = closer(network, devices, [pageServer, deviceServer]);
  try {
    const [pagePort, devicePort] = await Promise.all([listen(pageServer, options.host), listen(deviceServer, options.host)]);
    await network.store.write(() => network.receipts.settleAll());
    startRetention(network);
    const endpoint = { host: options.host, pagePort, devicePort, spki: certificate.spki };
    return { endpoint, phones: new Phones(network), faults: new FaultBoard(network), changes: network.store.changes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Releases in reverse order; all callers share the first call's promise. */
function closer(network: Network, devices: DeviceServer, servers: readonly Server[]): () => Promise<void> {
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
