/** Socket.io with the types of our protocol. */
import type { DefaultEventsMap, Namespace, Server, Socket } from "socket.io";
import type { EventEnvelope } from "../../../contracts/events.ts";
import {
  socketName,
  type ClientToServerEvents,
  type ServerToClientEvents,
  type SocketName,
} from "../../../contracts/socket-events.ts";
import type { Connection } from "./connection.ts";

export interface SocketData {
  /** Set at the end of the handshake. */
  connection: Connection;
}

export type GatewayServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type GatewayNamespace = Namespace<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type GatewaySocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;

interface EventTarget {
  emit(name: SocketName, event: EventEnvelope): unknown;
}

/** Sends the event to a socket or a room under its Socket.io name. */
export function emitEvent(target: GatewaySocket | ReturnType<GatewayNamespace["to"]>, event: EventEnvelope): void {
  // The name and the envelope have the same type; the compiler cannot relate the two across the union of all types.
  (target as unknown as EventTarget).emit(socketName(event.type), event);
}
