/** Socket.io clients that keep the received events and check each against its schema. */
import { io, type Socket } from "socket.io-client";
import type { EventEnvelope } from "../../contracts/events.ts";
import { checkEvent } from "./event-checks.ts";
import type { System } from "./system.ts";

export interface ProblemAnswer {
  code: string;
  status: number;
}

export interface Listener {
  readonly socket: Socket;
  readonly got: { name: string; event: EventEnvelope }[];
}

const open: Socket[] = [];

/** Closes every socket that the test has opened. */
export function closeSockets(): void {
  for (const socket of open.splice(0)) socket.close();
}

/** A socket that connects. */
export function connect(system: System, auth: Record<string, unknown>, namespace = ""): Listener {
  const socket = io(`${system.url}${namespace}`, {
    transports: ["websocket"],
    auth,
    reconnection: false,
    forceNew: true,
  });
  open.push(socket);
  const got: Listener["got"] = [];
  socket.onAny((name: string, event: EventEnvelope) => {
    if (name !== "resync") checkEvent(event);
    got.push({ name, event });
  });
  return { socket, got };
}

/** A connected socket. */
export async function connected(system: System, auth: Record<string, unknown>, namespace = ""): Promise<Listener> {
  const listener = connect(system, auth, namespace);
  await new Promise<void>((resolve, reject) => {
    listener.socket.on("connect", resolve);
    listener.socket.on("connect_error", reject);
  });
  return listener;
}

/** The problem with which a socket is refused; rejects when it is not refused. */
export function refusal(system: System, auth: Record<string, unknown>, namespace = ""): Promise<ProblemAnswer> {
  const { socket } = connect(system, auth, namespace);
  return new Promise((resolve, reject) => {
    socket.on("connect_error", (error) => resolve((error as Error & { data: ProblemAnswer }).data));
    socket.on("connect", () => reject(new Error("it was not refused")));
  });
}
