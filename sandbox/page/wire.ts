/** The line to the switchboard: one WebSocket, requests with replies, frames to whoever listens. */
import type {
  DeviceFrame,
  SwitchboardFrame,
  WireErrorCode,
  WireOperationName,
  WireOperations,
} from "../../contracts/sandbox-wire.ts";
import { EventEmitter } from "./events.ts";

/** The status that WhatsApp's server gives in such a case. */
const STATUSES: Record<WireErrorCode, number> = {
  invalid: 400,
  not_linked: 401,
  not_admin: 403,
  not_on_whatsapp: 404,
  not_in_group: 404,
  target_not_found: 404,
  refused: 406,
  too_late: 410,
  code_expired: 410,
};

/** The switchboard refused; anything else that goes wrong is a plain Error, after which the outcome is unknown. */
export class RefusedError extends Error {
  override readonly name = "ServerStatusCodeError";
  readonly statusCode: number;

  constructor(code: WireErrorCode, detail: string) {
    super(`${code}: ${detail}`);
    this.statusCode = STATUSES[code];
  }
}

interface Waiting {
  resolve: (output: unknown) => void;
  reject: (error: Error) => void;
}

/** Events: `frame` (a SwitchboardFrame that is no reply), `open`, `close`. */
export const line = new EventEmitter();

const waiting = new Map<number, Waiting>();
let socket: WebSocket | undefined;
let lastId = 0;

/** Opens a new connection; an older one is closed first. */
export function openLine(): void {
  closeLine();
  const opening = new WebSocket("wss://web.whatsapp.com/device");
  socket = opening;
  opening.onopen = () => line.trigger("open");
  opening.onmessage = (event) => receive(JSON.parse(String(event.data)) as SwitchboardFrame);
  opening.onclose = () => {
    if (socket === opening) dropLine();
  };
}

/** Closes the connection without telling of it. */
export function closeLine(): void {
  if (socket === undefined) return;
  socket.onclose = null;
  socket.onmessage = null;
  socket.close();
  rejectWaiting();
  socket = undefined;
}

function dropLine(): void {
  socket = undefined;
  rejectWaiting();
  line.trigger("close");
}

function rejectWaiting(): void {
  for (const { reject } of waiting.values()) reject(new Error("socket closed"));
  waiting.clear();
}

function receive(frame: SwitchboardFrame): void {
  if (frame.type !== "reply" && frame.type !== "error") {
    line.trigger("frame", frame);
    return;
  }
  const request = waiting.get(frame.id);
  waiting.delete(frame.id);
  if (frame.type === "reply") request?.resolve(frame.output);
  else request?.reject(new RefusedError(frame.code, frame.detail));
}

export function sendFrame(frame: DeviceFrame): void {
  if (socket?.readyState !== WebSocket.OPEN) throw new Error("socket closed");
  socket.send(JSON.stringify(frame));
}

/** Asks the switchboard; rejects with RefusedError when it says no, with Error when the line breaks before the reply. */
export function ask<N extends WireOperationName>(op: N, input: WireOperations[N][0]): Promise<WireOperations[N][1]> {
  return new Promise((resolve, reject) => {
    const id = ++lastId;
    sendFrame({ type: "request", id, op, input });
    waiting.set(id, { resolve: (output) => resolve(output as WireOperations[N][1]), reject });
  });
}
