/** One WebSocket: events and notices as JSON texts. */
import type { WebSocket } from "ws";
import type { EventEnvelope } from "../../../contracts/events.ts";
import { CLOSINGS, type CloseReason, type ResyncNotice } from "../../../contracts/streams.ts";
import type { Outlet } from "../sockets/outlet.ts";
import { MAX_WAITING } from "./admission.ts";
import { Ending } from "./ending.ts";
import { textOf } from "./event-text.ts";

export class WebSocketOutlet implements Outlet {
  readonly #socket: WebSocket;
  readonly #onSent: () => void;
  readonly #ending = new Ending();

  constructor(socket: WebSocket, onSent: () => void) {
    this.#socket = socket;
    this.#onSent = onSent;
    socket.once("close", this.#ending.end);
  }

  get transport(): object {
    return this.#socket;
  }

  get isOpen(): boolean {
    return !this.#ending.hasEnded && this.#socket.readyState === this.#socket.OPEN;
  }

  get isSlow(): boolean {
    return this.#socket.bufferedAmount > MAX_WAITING;
  }

  ready(cursor: string): void {
    this.#write(JSON.stringify({ type: "ready", cursor }));
  }

  send(envelope: EventEnvelope): void {
    this.#write(textOf(envelope));
    this.#onSent();
  }

  async drained(): Promise<void> {
    if (!this.isOpen) return;
    // A ping that has been written means that all before it has been written, too.
    await new Promise<void>((resolve) => {
      this.#ending.onEnd(resolve);
      this.#socket.ping(undefined, undefined, () => resolve());
    });
  }

  resync(notice: ResyncNotice): void {
    this.#write(JSON.stringify({ type: "resync", ...notice }));
  }

  close(reason: CloseReason): void {
    this.closeWith(CLOSINGS[reason].code, CLOSINGS[reason].text);
  }

  /** Closes it with a code and a text of at most 123 bytes. What a client has not taken by the `ws` limit is cut off. */
  closeWith(code: number, text: string): void {
    if (this.#ending.hasEnded) return;
    this.#ending.end();
    this.#socket.close(code, text);
  }

  onClose(callback: () => void): void {
    this.#ending.onEnd(callback);
  }

  #write(text: string): void {
    if (!this.isOpen) return;
    this.#socket.send(text);
    if (this.isSlow) this.close("slow");
  }
}
