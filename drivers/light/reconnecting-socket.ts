/** The WebSocket to the sandbox: reconnects with jittered back-off, and notices when the other side is silent. */
import { WebSocket } from "ws";
import { equalJitter } from "../../concurrency/backoff.ts";
import type { DeviceFrame, ServerFrame } from "../../contracts/sandbox-wire.ts";

export interface SocketEvents {
  opened(): void;
  received(frame: ServerFrame): void;
  /**
   * Called for each connection that ended or could not be opened; another attempt follows unless the socket was closed.
   */
  lost(error: string): void;
}

const RETRY = { base: 200, cap: 15_000 };
/** After this time without a frame the other side is pinged, and must answer within the next. */
const QUIET_MS = 15_000;
const ANSWER_WITHIN_MS = 8_000;
/** A connection that ends sooner counts as a failure; otherwise one that opens and drops would be retried in a loop. */
const STABLE_MS = 10_000;
const HANDSHAKE_MS = 10_000;
const CLOSE_MS = 2000;
const FRAME_LIMIT = 24 * 1024 * 1024;

export class ReconnectingSocket {
  readonly #url: string;
  readonly #events: SocketEvents;
  #socket: WebSocket | null = null;
  #retry: NodeJS.Timeout | null = null;
  #quietTimer: NodeJS.Timeout | undefined;
  #silenceTimer: NodeJS.Timeout | undefined;
  #failures = 0;
  #workingSince: number | null = null;
  #shouldBeOpen = false;

  constructor(url: string, events: SocketEvents) {
    this.#url = url;
    this.#events = events;
  }

  open(): void {
    this.#shouldBeOpen = true;
    this.#connect();
  }

  /** The device is logged in. After STABLE_MS in this state, the next loss starts with a short back-off again. */
  markWorking(): void {
    this.#workingSince = Date.now();
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  send(frame: DeviceFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(text: string): void {
    this.#socket?.send(text);
  }

  /** Stops reading until `resume`. */
  pause(): void {
    this.#socket?.pause();
  }

  resume(): void {
    this.#socket?.resume();
  }

  /** Drops the connection; a new one is tried after the back-off. */
  drop(): void {
    this.#socket?.terminate();
  }

  #connect(): void {
    this.#retry = null;
    const socket = new WebSocket(this.#url, {
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: FRAME_LIMIT,
    });
    this.#socket = socket;
    let problem = "the connection was closed";
    socket.once("open", () => {
      this.#quietTimer = setTimeout(() => this.#ping(socket), QUIET_MS);
      this.#events.opened();
    });
    socket.on("message", (data: Buffer) => {
      this.#hear();
      const frame = parseFrame(data.toString());
      if (frame === null) socket.terminate();
      else this.#events.received(frame);
    });
    socket.on("ping", () => this.#hear());
    socket.on("pong", () => this.#hear());
    socket.on("error", (error) => (problem = error.message));
    socket.once("close", () => this.#closed(problem));
  }

  #hear(): void {
    this.#quietTimer?.refresh();
    clearTimeout(this.#silenceTimer);
  }

  /** A connection that is not read from hears no answer, and is not judged. */
  #ping(socket: WebSocket): void {
    if (socket.isPaused) return void this.#quietTimer?.refresh();
    socket.ping();
    this.#silenceTimer = setTimeout(() => void (socket.isPaused || socket.terminate()), ANSWER_WITHIN_MS);
  }

  #closed(problem: string): void {
    clearTimeout(this.#quietTimer);
    clearTimeout(this.#silenceTimer);
    this.#socket = null;
    if (this.#workingSince !== null && Date.now() - this.#workingSince > STABLE_MS) this.#failures = 0;
    this.#workingSince = null;
    if (!this.#shouldBeOpen) return;
    this.#retry = setTimeout(() => this.#connect(), equalJitter(RETRY, this.#failures++));
    this.#events.lost(problem);
  }

  /** Closes for good; resolves when the socket is closed. Idempotent. */
  async close(): Promise<void> {
    this.#shouldBeOpen = false;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    const socket = this.#socket;
    if (socket === null) return;
    const late = setTimeout(() => socket.terminate(), CLOSE_MS);
    await new Promise<void>((resolve) => {
      socket.once("close", () => resolve());
      socket.close(1000);
    });
    clearTimeout(late);
  }
}

/** Null for text that is not JSON: the other side is not the sandbox. */
function parseFrame(text: string): ServerFrame | null {
  try {
    return JSON.parse(text) as ServerFrame;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
