/** The driver that speaks to WhatsApp Web through the wppconnect library in a Chromium of its own. */
import type { Driver, DriverFactory, DriverOptions, DriverSink, Operations } from "../driver.ts";
import type { OutboundMessage, SendReceipt } from "../../contracts/transport.ts";
import { prepareProfile } from "./chromium.ts";
import { Link } from "./link.ts";
import { createOperations } from "./operations.ts";

class BrowserDriver implements Driver {
  readonly operations: Partial<Operations>;
  readonly #options: DriverOptions;
  readonly #link: Link;
  #started: Promise<void> | undefined;

  constructor(options: DriverOptions, sink: DriverSink) {
    this.#options = options;
    this.#link = new Link(options, sink);
    this.operations = createOperations(this.#link);
  }

  start(): Promise<void> {
    this.#started ??= prepareProfile(this.#options).then(() => this.#link.open());
    return this.#started;
  }

  async stop(): Promise<void> {
    // A start that failed has left nothing to stop.
    await this.#started?.catch(() => undefined);
    await this.#link.close();
  }

  logout(): Promise<void> {
    return this.#link.logout();
  }

  async send(message: OutboundMessage): Promise<SendReceipt> {
    return this.#link.linked.sending.send(message);
  }

  async find(message: Pick<OutboundMessage, "waId" | "to">): Promise<SendReceipt | null> {
    return this.#link.linked.sending.find(message);
  }
}

/** Makes a driver for one session. It lives in whichever thread it is made, and installs no signal handlers there. */
export const createBrowserDriver: DriverFactory = (options, sink) => new BrowserDriver(options, sink);
