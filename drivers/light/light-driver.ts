/** The light driver: one WebSocket per session to the sandbox's switchboard, and no browser. Small enough for thousands of sessions in a process. */
import { addressOf } from "../../contracts/address.ts";
import type { Driver, DriverFactory, DriverOptions, DriverSink } from "../driver.ts";
import { DriverError, type OutboundMessage, type SendReceipt } from "../../contracts/transport.ts";
import { toDraft } from "./content.ts";
import { keyOf } from "./keys.ts";
import { LightLink } from "./link.ts";
import { createLightOperations, type LightOperations } from "./operations.ts";

class LightDriver implements Driver {
  readonly #link: LightLink;
  #operations: LightOperations | null = null;

  constructor(options: DriverOptions, sink: DriverSink) {
    this.#link = new LightLink(options, sink);
  }

  /** Made at the first use: an idle session does not pay for it. */
  get operations(): LightOperations {
    const { request, standing } = this.#link;
    return (this.#operations ??= createLightOperations(request, () => this.#link.me, standing));
  }

  start(): Promise<void> {
    return this.#link.open();
  }

  stop(): Promise<void> {
    return this.#link.close();
  }

  logout(): Promise<void> {
    return this.#link.logout();
  }

  async send(message: OutboundMessage): Promise<SendReceipt> {
    const draft = await this.#prepare(message);
    const { ack, at } = await this.#link.request("send", draft);
    const chat = message.to.endsWith("@lid")
      ? ((await this.#link.request("find", { id: message.waId }))?.to ?? message.to)
      : message.to;
    return this.#receipt(message, chat, ack, at);
  }

  /** Until the request is on the wire nothing can have been sent, whatever goes wrong. */
  async #prepare(message: OutboundMessage) {
    try {
      return await toDraft(message, this.#link.me, this.#link.request);
    } catch (error) {
      if (error instanceof DriverError && error.kind !== "unknown") throw error;
      throw new DriverError("not_sent", error instanceof Error ? error.message : String(error));
    }
  }

  async find({ waId, to }: Pick<OutboundMessage, "waId" | "to">): Promise<SendReceipt | null> {
    const found = await this.#link.request("find", { id: waId });
    return found === null ? null : this.#receipt({ waId, to }, found.to, found.ack, found.at);
  }

  #receipt({ waId, to }: Pick<OutboundMessage, "waId" | "to">, chat: string, ack: number, at: number): SendReceipt {
    const { me } = this.#link;
    return { key: keyOf(me, chat, waId, me.id), chat: addressOf(chat, to.endsWith("@lid") ? to : null), ack, at };
  }
}

export const createLightDriver: DriverFactory = (options, sink) => new LightDriver(options, sink);
