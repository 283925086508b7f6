/** Server-Sent Events: a response that does not end, one block of text for each event. */
import type { z } from "zod";
import { Problem } from "../../../contracts/errors.ts";
import type { EventEnvelope } from "../../../contracts/events.ts";
import { CLOSINGS, type CloseReason, type ResyncNotice, type StreamQuery } from "../../../contracts/streams.ts";
import { count } from "../../../metrics/metrics.ts";
import { credentialOf, type GatewayRequest, type GatewayResponse } from "../request.ts";
import type { Outlet } from "../sockets/outlet.ts";
import { HEARTBEAT, MAX_WAITING, openStream, type StreamOptions } from "./admission.ts";
import { Ending } from "./ending.ts";
import { textOf } from "./event-text.ts";

/** ms for a client to take the end of its stream. */
const END_TIMEOUT = 5_000;
/** ms after which clients connect again. */
const RETRY = 3_000;
/** Characters of a cursor; longer ones are not valid. */
const LONGEST_CURSOR = 500;

class EventSourceOutlet implements Outlet {
  readonly #response: GatewayResponse;
  readonly #onSent: () => void;
  readonly #ending = new Ending();

  constructor(response: GatewayResponse, onSent: () => void) {
    this.#response = response;
    this.#onSent = onSent;
    response.once("close", this.#ending.end);
  }

  get transport(): object {
    return this.#response;
  }

  get isOpen(): boolean {
    return !this.#ending.hasEnded;
  }

  get isSlow(): boolean {
    return this.#response.writableLength > MAX_WAITING;
  }

  ready(cursor: string): void {
    this.#response.writeHead(200, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store",
      // nginx would otherwise collect the events until its buffer is full.
      "X-Accel-Buffering": "no",
    });
    this.#write(`retry: ${RETRY}\nid: ${cursor}\nevent: ready\ndata: ${JSON.stringify({ cursor })}\n\n`);
    let hasMoved = true;
    this.#response.on("drain", () => (hasMoved = true));
    const heartbeat = setInterval(() => {
      // Nothing of what waits has been taken since the last one: no limit of bytes would ever notice.
      if (this.#response.writableNeedDrain && !hasMoved) this.close("slow");
      hasMoved = false;
      this.#write(": heartbeat\n\n");
    }, HEARTBEAT);
    this.#ending.onEnd(() => clearInterval(heartbeat));
  }

  send(envelope: EventEnvelope): void {
    // An update that is not in the log has no position of its own, and would move the client's back.
    const id = envelope.sequence === 0 ? "" : `id: ${envelope.cursor}\n`;
    this.#write(`${id}event: ${envelope.type}\ndata: ${textOf(envelope)}\n\n`);
    this.#onSent();
  }

  async drained(): Promise<void> {
    if (!this.isOpen || !this.#response.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      this.#response.once("drain", resolve);
      this.#ending.onEnd(resolve);
    });
  }

  resync(notice: ResyncNotice): void {
    this.#write(`id: ${notice.cursor}\nevent: resync\ndata: ${JSON.stringify(notice)}\n\n`);
  }

  close(reason: CloseReason): void {
    if (!this.isOpen) return;
    // It counts no longer, even while a slow client still takes its last bytes.
    this.#ending.end();
    if (!this.#response.headersSent) {
      this.#response.destroy();
      return;
    }
    const { code, text } = CLOSINGS[reason];
    this.#response.end(`event: close\ndata: ${JSON.stringify({ code, reason: text })}\n\n`);
    const cut = setTimeout(() => this.#response.destroy(), END_TIMEOUT);
    this.#response.once("close", () => clearTimeout(cut));
  }

  onClose(callback: () => void): void {
    this.#ending.onEnd(callback);
  }

  #write(text: string): void {
    if (!this.isOpen) return;
    this.#response.write(text);
    if (this.isSlow) this.close("slow");
  }
}

export class EventSources {
  readonly #options: StreamOptions;
  readonly #open = new Set<EventSourceOutlet>();
  #isStopping = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  /** Answers a request that has passed the gateway's steps with a stream. Throws the problems of the route. */
  async open(request: GatewayRequest, response: GatewayResponse): Promise<void> {
    if (this.#isStopping) throw new Problem("unavailable", CLOSINGS.shutdown.text);
    const { broker, credentials } = this.#options;
    const { clientIp: ip } = request.$ctx.meta;
    const credential = credentialOf(request)!;
    const resolved = await credentials.resolve(credential, ip!);
    const outlet = new EventSourceOutlet(response, () => count(broker, "ws_events_sent_total", {}));
    this.#open.add(outlet);
    response.once("close", () => this.#open.delete(outlet));
    // A browser repeats the URL when it connects again: what it adds in the header is newer.
    const given = request.$params.query as z.output<typeof StreamQuery>;
    const lastId = request.headers["last-event-id"];
    const query =
      typeof lastId === "string" && lastId !== "" ? { ...given, after: lastId.slice(0, LONGEST_CURSOR) } : given;
    await openStream(this.#options, { outlet, name: "stream:sse", credential, ip: ip!, resolved, query });
    if (request.method === "HEAD") response.end();
  }

  stop(): void {
    this.#isStopping = true;
    for (const outlet of this.#open) outlet.close("shutdown");
  }
}
