/**
 * The driver without a browser: one WebSocket per session to the sandbox, so that a process can hold thousands of
 * sessions.
 */
import type { Capabilities, MessageKind } from "../capabilities.ts";
import type { Driver, DriverLog, DriverModule, DriverOptions, DriverSink, OperationName } from "../driver.ts";
import { DriverError, type OutboundMessage, type SendReceipt } from "../../contracts/transport.ts";
import { toDraft } from "./content.ts";
import { keyOf } from "./keys.ts";
import { LightConnection } from "./light-connection.ts";
import { createLightOperations, OPERATION_NAMES, type LightOperations } from "./operations.ts";

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
  operations: OPERATION_NAMES satisfies readonly OperationName[],
  sends: [...CONTENT, "reaction", "forward", "edit", "revoke"],
  receives: CONTENT,
  pairingCode: true,
  parallelSends: true,
  ownProcess: false,
};

class LightDriver implements Driver {
  readonly #connection: LightConnection;
  #operations: LightOperations | null = null;

  constructor(options: DriverOptions, sink: DriverSink, log: DriverLog) {
    this.#connection = new LightConnection(options, sink, log);
  }

  /** Created at the first use: an idle session does not pay for them. */
  get operations(): LightOperations {
    return (this.#operations ??= createLightOperations(this.#connection, () => this.#connection.me));
  }

  start(): Promise<void> {
    return this.#connection.open();
  }

  stop(): Promise<void> {
    return this.#connection.close();
  }

  logout(): Promise<void> {
    return this.#connection.logout();
  }

  async send(message: OutboundMessage): Promise<SendReceipt> {
    const draft = await this.#prepare(message);
    const { ack, to, at } = await this.#connection.request("send", draft);
    return this.#receipt(message.waId, to, ack, at);
  }

  /** Any failure before the request is on the wire means that nothing was sent. */
  async #prepare(message: OutboundMessage) {
    try {
      return await toDraft(message, this.#connection.me, this.#connection.request);
    } catch (error) {
      if (error instanceof DriverError && error.kind !== "unknown") throw error;
      throw new DriverError("not_sent", error instanceof Error ? error.message : String(error));
    }
  }

  async find({ waId }: Pick<OutboundMessage, "waId" | "to">): Promise<SendReceipt | null> {
    const found = await this.#connection.request("find", { id: waId });
    return found === null ? null : this.#receipt(waId, found.to, found.ack, found.at);
  }

  #receipt(waId: string, chat: string, ack: number, at: number): SendReceipt {
    const { me, people } = this.#connection;
    return { key: keyOf(me, chat, waId, me.id), chat: people.of(chat), ack, at };
  }
}

export const lightDriver: DriverModule = {
  name: "light",
  capabilities: CAPABILITIES,
  maxParallelStarts: Infinity,
  preflight: async () => null,
  usage: async () => null,
  keptScreenshot: async () => null,
  kill: async () => undefined,
  create: (options, sink, log) => new LightDriver(options, sink, log),
};
