/** A WebSocket with adjustable latency. Frames keep their order when the latency changes. */
import type { WebSocket } from "ws";
import type { ServerFrame } from "../contracts/sandbox-wire.ts";
import type { Clock } from "./clock.ts";

interface Delayed {
  readonly text: string;
  readonly due: number;
}

export class SlowSocket {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  #delayed: Delayed[] = [];
  #cancel: (() => void) | null = null;
  #closing = false;

  constructor(socket: WebSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
  }

  /** Bytes that have not been sent yet. */
  get backlog(): number {
    return this.#socket.bufferedAmount;
  }

  /** Sends the frame after the latency; returns its size in characters. */
  send(frame: ServerFrame, latencyMs: number): number {
    const text = JSON.stringify(frame);
    if (latencyMs === 0 && this.#delayed.length === 0) {
      this.#socket.send(text);
    } else {
      this.#delayed.push({ text, due: Math.max(Date.now() + latencyMs, this.#delayed.at(-1)?.due ?? 0) });
      this.#schedule();
    }
    return text.length;
  }

  #schedule(): void {
    const first = this.#delayed[0];
    if (first === undefined || this.#cancel !== null) return;
    this.#cancel = this.#clock.after(Math.max(0, first.due - Date.now()), () => {
      this.#cancel = null;
      this.#sendDue();
    });
  }

  #sendDue(): void {
    const now = Date.now();
    while (this.#delayed[0] !== undefined && this.#delayed[0].due <= now)
      this.#socket.send(this.#delayed.shift()?.text ?? "");
    if (this.#delayed.length === 0 && this.#closing) this.#socket.close(1000);
    this.#schedule();
  }

  /** Closes after everything has been sent. */
  close(): void {
    this.#closing = true;
    if (this.#delayed.length === 0) this.#socket.close(1000);
  }

  /** Drops the connection immediately. */
  terminate(): void {
    this.#cancel?.();
    this.#delayed = [];
    this.#socket.terminate();
  }
}
