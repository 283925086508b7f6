/**
 * The driver that connects to WhatsApp Web through the wppconnect library, in a separate Chromium for each session.
 */
import type { OutboundMessage, SendReceipt } from "../../contracts/transport.ts";
import type { Capabilities, MessageKind } from "../capabilities.ts";
import type {
  Driver,
  DriverLog,
  DriverModule,
  DriverOptions,
  DriverSink,
  OperationName,
  Operations,
} from "../driver.ts";
import { BrowserSession } from "./browser-session.ts";
import { measureUsage } from "./browser-usage.ts";
import { prepareProfile } from "./chromium.ts";
import { keptScreenshot } from "./failure-screenshot.ts";
import { HANDLERS, createOperations } from "./operations.ts";
import { reap } from "./processes.ts";
import { userDataDirOf } from "./profile-lock.ts";
import { resolveSettings } from "./settings.ts";

/** Each start costs several seconds of a core; many in parallel would starve the running sessions. */
const PARALLEL_STARTS = 3;

const CONTENT = [
  "text",
  "image",
  "video",
  "gif",
  "audio",
  "voice",
  "document",
  "sticker",
  "location",
  "contact",
  "poll",
  "list",
  "buttons",
  "event",
  "pix",
  "order",
] as const satisfies readonly MessageKind[];

const CAPABILITIES: Capabilities = {
  operations: [...(Object.keys(HANDLERS) as OperationName[]), "screenshot"],
  sends: [...CONTENT, "reaction", "forward", "edit", "revoke"],
  receives: CONTENT,
  pairingCode: true,
  parallelSends: true,
  ownProcess: true,
};

class BrowserDriver implements Driver {
  readonly operations: Partial<Operations>;
  readonly #options: DriverOptions;
  readonly #session: BrowserSession;
  #started: Promise<void> | undefined;

  constructor(options: DriverOptions, sink: DriverSink, log: DriverLog) {
    this.#options = options;
    this.#session = new BrowserSession(options, sink, log);
    this.operations = createOperations(this.#session);
  }

  start(): Promise<void> {
    this.#started ??= prepareProfile(this.#options).then((settings) => this.#session.open(settings));
    return this.#started;
  }

  renewed(trustedFor: number): void {
    this.#session.renewed(trustedFor);
  }

  async stop(): Promise<void> {
    // A start that failed has left nothing to stop.
    await this.#started?.catch(() => undefined);
    await this.#session.close();
  }

  logout(): Promise<void> {
    return this.#session.logout();
  }

  async send(message: OutboundMessage): Promise<SendReceipt> {
    return this.#session.connected.sending.send(message);
  }

  async find(message: Pick<OutboundMessage, "waId" | "to">): Promise<SendReceipt | null> {
    return this.#session.connected.sending.find(message);
  }
}

export const browserDriver: DriverModule = {
  name: "browser",
  capabilities: CAPABILITIES,
  maxParallelStarts: PARALLEL_STARTS,
  preflight: async (settings) => {
    const resolved = resolveSettings(settings);
    return "failure" in resolved ? resolved.failure : null;
  },
  usage: measureUsage,
  keptScreenshot,
  kill: (profileDir) => reap(userDataDirOf({ profileDir })),
  create: (options, sink, log) => new BrowserDriver(options, sink, log),
};
