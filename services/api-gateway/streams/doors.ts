/** The doors to the live events: Socket.io, WebSocket and Server-Sent Events, all served by one fan-out. */
import { FanOut } from "../sockets/fan-out.ts";
import { Sockets, type SocketOptions } from "../sockets/sockets.ts";
import { EventSources } from "./event-source.ts";
import { WebSockets } from "./websocket.ts";

export class Doors {
  readonly fanOut: FanOut;
  readonly eventSources: EventSources;
  readonly #sockets: Sockets;
  readonly #webSockets: WebSockets;

  constructor(given: Omit<SocketOptions, "fanOut">) {
    this.fanOut = new FanOut(given);
    const options = { ...given, fanOut: this.fanOut };
    this.#sockets = new Sockets(options);
    this.#webSockets = new WebSockets(options);
    this.eventSources = new EventSources(options);
  }

  async start(): Promise<void> {
    await this.fanOut.start();
  }

  /** Closes every connection with its reason. The HTTP server stays open: its owner closes it. */
  async stop(): Promise<void> {
    await this.fanOut.stop();
    this.eventSources.stop();
    await this.#webSockets.stop();
    this.#sockets.stop();
    await this.fanOut.leave();
  }
}
