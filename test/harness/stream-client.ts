/** Clients of the two streams that keep what they received: a WebSocket of `ws`, and a response read with fetch. */
import { WebSocket } from "ws";
import type { EventEnvelope } from "../../contracts/events.ts";
import type { System } from "./system.ts";

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** What came on a stream: events as envelopes, and notices, whose type has no dot. */
export interface Stream {
  readonly events: EventEnvelope[];
  readonly notices: ({ type: string } & Record<string, unknown>)[];
  /** The `id` of each block of Server-Sent Events. */
  readonly ids: string[];
  readonly status: Promise<number>;
  readonly closed: Promise<Closing>;
  close(): void;
}

export type Door = "websocket" | "sse";

export interface StreamOptions {
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly lastEventId?: string;
}

const open: Stream[] = [];

/** Closes every stream that the test has opened. */
export function closeStreams(): void {
  for (const stream of open.splice(0)) stream.close();
}

function keep(stream: Stream, message: { type: string }): void {
  if (message.type.includes(".")) stream.events.push(message as unknown as EventEnvelope);
  else stream.notices.push(message);
}

/** A WebSocket to the stream; `first` is its first message. */
export function openWebSocket(
  system: System,
  options: {
    headers?: Record<string, string>;
    protocols?: string[];
    query?: Readonly<Record<string, string>>;
    first?: unknown;
  },
): Stream & { readonly socket: WebSocket } {
  const { headers = {}, protocols = [], query = {}, first } = options;
  const url = `${system.url.replace("http", "ws")}/api/v1/stream?${new URLSearchParams(query).toString()}`;
  const socket = new WebSocket(url, protocols, { headers });
  const { promise: closed, resolve } = Promise.withResolvers<Closing>();
  const status = new Promise<number>((settle) => {
    socket.once("upgrade", ({ statusCode }) => settle(statusCode!));
    socket.once("unexpected-response", (request, { statusCode }) => {
      request.destroy();
      settle(statusCode!);
    });
  });
  const stream = { socket, events: [], notices: [], ids: [], status, closed, close: () => socket.terminate() };
  socket.on("error", () => undefined);
  socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  socket.on("message", (data: Buffer) => keep(stream, JSON.parse(data.toString()) as { type: string }));
  if (first !== undefined) socket.on("open", () => socket.send(JSON.stringify(first)));
  open.push(stream);
  return stream;
}

/** A response of Server-Sent Events. Its end is a Closing too: that of its last block. */
export function openEventSource(system: System, options: StreamOptions): Stream {
  const { key, query = {}, lastEventId } = options;
  const abort = new AbortController();
  const answer = fetch(`${system.url}/api/v1/events/stream?${new URLSearchParams(query).toString()}`, {
    headers: { "x-api-key": key, ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }) },
    signal: abort.signal,
  });
  const stream: Stream = {
    events: [],
    notices: [],
    ids: [],
    status: answer.then(({ status }) => status),
    closed: answer.then((response) => readBlocks(response, stream)).catch(() => ({ code: 0, reason: "cut off" })),
    close: () => abort.abort(),
  };
  open.push(stream);
  return stream;
}

async function readBlocks(response: Response, stream: Stream): Promise<Closing> {
  if (response.status !== 200) {
    const { code } = (await response.json()) as { code: string };
    stream.notices.push({ type: "error", problem: { code } });
    return { code: response.status, reason: code };
  }
  let [text, closing] = ["", { code: 0, reason: "" }];
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + part).split("\n\n");
    text = blocks.pop()!;
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split("\n").map((line) => [line.split(": ", 1)[0]!, line.slice(line.indexOf(": ") + 2)]),
      );
      if (fields["id"] !== undefined) stream.ids.push(fields["id"]);
      if (fields["event"] === undefined) continue;
      const data = JSON.parse(fields["data"]!) as object;
      if (fields["event"] === "close") closing = data as Closing;
      keep(stream, { ...data, type: fields["event"] });
    }
  }
  return closing;
}

/** A stream at this door with an API key. */
export function openStream(system: System, door: Door, options: StreamOptions): Stream {
  if (door === "sse") return openEventSource(system, options);
  const { key, query = {} } = options;
  return openWebSocket(system, { headers: { "x-api-key": key }, query });
}
