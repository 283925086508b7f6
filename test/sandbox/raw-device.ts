/** A device that sends raw frames, valid or not, and records every frame that it receives. */
import { WebSocket, type ClientOptions } from "ws";
import type {
  DurableEvent,
  SandboxEndpoint,
  ServerFrame,
  WireOperationName,
  WireOperations,
} from "../../contracts/sandbox-wire.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { until } from "../drivers/conformance/waiting.ts";

export type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
const DEADLINE_MS = 10_000;

export class RawDevice {
  readonly frames: ServerFrame[] = [];
  /** The close code of the connection; null while it is open. */
  closed: number | null = null;
  readonly socket: WebSocket;
  readonly #listeners = new Set<() => void>();
  #requests = 0;

  constructor(
    endpoint: SandboxEndpoint,
    options: ClientOptions = {},
    url = `ws://${endpoint.host}:${endpoint.devicePort}/device`,
  ) {
    this.socket = new WebSocket(url, { perMessageDeflate: false, ...options });
    this.socket.on("message", (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as ServerFrame);
      this.#changed();
    });
    this.socket.once("close", (code) => {
      this.closed = code;
      this.#changed();
    });
    // A refused connection also emits `close`.
    this.socket.on("error", () => this.#changed());
    this.socket.once("open", () => this.#changed());
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  until<T>(what: string, check: () => T | undefined): Promise<T> {
    const subscribe = (listener: () => void): (() => void) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    };
    return until(
      subscribe,
      check,
      () => `${what}; seen: ${this.frames.map((frame) => frame.type).join(", ")}`,
      DEADLINE_MS,
    );
  }

  opened(): Promise<true> {
    return this.until("the connection to open", () => (this.socket.readyState === WebSocket.OPEN ? true : undefined));
  }

  ended(): Promise<number> {
    return this.until("the connection to end", () => this.closed ?? undefined);
  }

  frame<T extends ServerFrame["type"]>(
    type: T,
    matches: (frame: FrameOf<T>) => boolean = () => true,
  ): Promise<FrameOf<T>> {
    return this.until(`a frame ${type}`, () =>
      this.frames.find((frame): frame is FrameOf<T> => frame.type === type && matches(frame as FrameOf<T>)),
    );
  }

  event<T extends DurableEvent["type"]>(
    type: T,
    matches: (event: Extract<DurableEvent, { type: T }>) => boolean = () => true,
  ): Promise<FrameOf<"event">> {
    return this.frame(
      "event",
      ({ event }) => event.type === type && matches(event as Extract<DurableEvent, { type: T }>),
    );
  }

  /** The ids of the messages received so far, in order. */
  messageIds(): string[] {
    return this.frames.flatMap((frame) =>
      frame.type === "event" && frame.event.type === "message" ? [frame.event.message.id] : [],
    );
  }

  send(frame: unknown): void {
    this.socket.send(JSON.stringify(frame));
  }

  async hello(token: string | null = null): Promise<void> {
    await this.opened();
    this.send({ type: "hello", token, deviceName: "Raw", wantsQr: true });
  }

  /** Sends a request and returns the frame of the answer. */
  async ask(op: string, input: unknown): Promise<FrameOf<"reply"> | FrameOf<"error">> {
    const id = ++this.#requests;
    this.send({ type: "request", id, op, input });
    return this.until(`the answer to ${op}`, () =>
      this.frames.find(
        (frame): frame is FrameOf<"reply"> => (frame.type === "reply" || frame.type === "error") && frame.id === id,
      ),
    );
  }

  /** Sends a request and returns its output; throws when it is refused. */
  async get<N extends WireOperationName>(op: N, input: WireOperations[N][0]): Promise<WireOperations[N][1]> {
    const answer = await this.ask(op, input);
    if (answer.type === "error") throw new Error(`${op} was refused: ${answer.code} ${answer.detail}`);
    return answer.output as WireOperations[N][1];
  }

  /** Links the device to a phone by QR code; returns the token. */
  async link(sandbox: Sandbox, tenant: string, phone: string): Promise<string> {
    await this.hello();
    const { text } = await this.frame("qr");
    await sandbox.phones.scan(tenant, phone, { qr: text });
    const { token } = await this.frame("linked");
    await this.frame("ready");
    return token;
  }
}
