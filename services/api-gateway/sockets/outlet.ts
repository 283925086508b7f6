/** The way out to one client. Socket.io, WebSocket and Server-Sent Events each have their own; all else is shared. */
import type { EventEnvelope } from "../../../contracts/events.ts";
import type { CloseReason, ResyncNotice } from "../../../contracts/streams.ts";
import { emitEvent, type GatewaySocket } from "./types.ts";

export interface Outlet {
  /** What a user's presence counts once, however many connections it carries. */
  readonly transport: object;
  /** False as soon as nothing can arrive any more. */
  readonly isOpen: boolean;
  /** True when more waits for the client than may wait; the connection is then closed. */
  readonly isSlow: boolean;
  /** Sends an event; never waits. */
  send(envelope: EventEnvelope): void;
  /** Resolves when the client has taken most of what was sent, or is gone. */
  drained(): Promise<void>;
  resync(notice: ResyncNotice): void;
  /** Closes it and says why where the protocol allows. Idempotent. */
  close(reason: CloseReason): void;
  /** Calls back once, when the client is gone. */
  onClose(callback: () => void): void;
}

/** Packets that may wait for a slow client before it is disconnected; it resumes with its cursor. */
const MAX_BUFFERED = 2_000;

/** The packets that engine.io has not passed to the network yet; private in its types. */
interface WriteBuffer {
  readonly writeBuffer: readonly unknown[];
}

/** A Socket.io socket in one namespace. */
export class SocketOutlet implements Outlet {
  readonly socket: GatewaySocket;
  #hasLeft = false;

  constructor(socket: GatewaySocket) {
    this.socket = socket;
    socket.once("disconnect", () => (this.#hasLeft = true));
  }

  get transport(): object {
    return this.socket.conn;
  }

  get isOpen(): boolean {
    return !this.#hasLeft && this.socket.conn.readyState === "open";
  }

  get isSlow(): boolean {
    return (this.socket.conn as unknown as WriteBuffer).writeBuffer.length > MAX_BUFFERED;
  }

  send(envelope: EventEnvelope): void {
    emitEvent(this.socket, envelope);
  }

  async drained(): Promise<void> {
    // The inspection decides about slow sockets: a replay is at most 5,000 packets.
  }

  resync(notice: ResyncNotice): void {
    this.socket.emit("resync", notice);
  }

  close(): void {
    this.socket.disconnect(true);
  }

  onClose(callback: () => void): void {
    const { conn } = this.socket;
    const once = () => {
      conn.off("close", once);
      this.socket.off("disconnect", once);
      callback();
    };
    conn.once("close", once);
    this.socket.once("disconnect", once);
  }
}
