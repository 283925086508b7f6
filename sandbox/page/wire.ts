/** The connection to the simulated server: one WebSocket, requests with replies, and events for all other frames. */
import type {
  DeviceFrame,
  ServerFrame,
  WireErrorCode,
  WireOperationName,
  WireOperations,
} from "../../contracts/sandbox-wire.ts";
import { noteLids, toPage } from "./addressing.ts";
import { EventEmitter } from "./events.ts";

/** The status codes that WhatsApp's server returns in these cases. */
const STATUSES: Record<WireErrorCode, number> = {
  invalid: 400,
  not_linked: 401,
  not_admin: 403,
  not_on_whatsapp: 404,
  not_in_group: 404,
  target_not_found: 404,
  business_only: 406,
  refused: 406,
  too_late: 410,
  code_expired: 410,
};

/** The server refused the request. After any other error, the outcome of the request is unknown. */
export class RefusedError extends Error {
  override readonly name = "ServerStatusCodeError";
  readonly statusCode: number;

  constructor(code: WireErrorCode, detail: string) {
    super(`${code}: ${detail}`);
    this.statusCode = STATUSES[code];
  }
}

/** Requests about numbers, which are answered with numbers. */
const BY_NUMBER: ReadonlySet<WireOperationName> = new Set(["checkNumbers"]);

interface PendingRequest {
  op: WireOperationName;
  resolve: (output: unknown) => void;
  reject: (error: Error) => void;
}

/** Emits `frame` (with a ServerFrame that is not a reply), `open` and `close`. */
export const socketEvents = new EventEmitter();

const pending = new Map<number, PendingRequest>();
let socket: WebSocket | undefined;
let lastId = 0;

/** Opens a new connection, after closing any previous one. */
export function openSocket(): void {
  closeSocket();
  const opening = new WebSocket("wss://web.whatsapp.com/device");
  socket = opening;
  opening.onopen = () => socketEvents.trigger("open");
  opening.onmessage = (event) => receive(JSON.parse(String(event.data)) as ServerFrame);
  opening.onclose = () => {
    if (socket === opening) onSocketLost();
  };
}

/** Closes the connection without emitting `close`. */
export function closeSocket(): void {
  if (socket === undefined) return;
  socket.onclose = null;
  socket.onmessage = null;
  socket.close();
  rejectPending();
  socket = undefined;
}

function onSocketLost(): void {
  socket = undefined;
  rejectPending();
  socketEvents.trigger("close");
}

function rejectPending(): void {
  for (const { reject } of pending.values()) reject(new Error("socket closed"));
  pending.clear();
}

function receive(frame: ServerFrame): void {
  if ("lids" in frame) noteLids(frame.lids);
  if (frame.type !== "reply" && frame.type !== "error") {
    socketEvents.trigger("frame", "event" in frame ? { ...frame, event: toPage(frame.event) } : frame);
    return;
  }
  const request = pending.get(frame.id);
  pending.delete(frame.id);
  if (frame.type === "reply") request?.resolve(BY_NUMBER.has(request.op) ? frame.output : toPage(frame.output));
  else request?.reject(new RefusedError(frame.code, frame.detail));
}

export function isConnected(): boolean {
  return socket?.readyState === WebSocket.OPEN;
}

export function sendFrame(frame: DeviceFrame): void {
  if (socket === undefined || !isConnected()) throw new Error("socket closed");
  socket.send(JSON.stringify(frame));
}

/** Sends a request. Rejects with RefusedError when the server refuses it, with Error when the connection is lost. */
export function ask<N extends WireOperationName>(op: N, input: WireOperations[N][0]): Promise<WireOperations[N][1]> {
  return new Promise((resolve, reject) => {
    const id = ++lastId;
    sendFrame({ type: "request", id, op, input });
    pending.set(id, { op, resolve: (output) => resolve(output as WireOperations[N][1]), reject });
  });
}
