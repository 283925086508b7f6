/** A webhook receiver as the internet has them: errors, requests that are never answered, and connections that break. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import type { EventEnvelope } from "../../contracts/events.ts";

/** How a receiver answers a request: what it accepts, it verifies first. */
export type Answer = "accept" | "error" | "silence" | "reset";

export interface FaultyReceiver {
  /** http://127.0.0.1:<port> */
  readonly origin: string;
  /** The events that were accepted at a path, in the order of their first acceptance. */
  accepted(path: string): readonly EventEnvelope[];
  /** Requests whose signature was wrong. */
  readonly forged: number;
  readonly requests: number;
  trust(path: string, secret: string): void;
  close(): Promise<void>;
}

/** `decide` is asked for each request, with the id of its event. */
export async function startFaultyReceiver(decide: (path: string, eventId: string) => Answer): Promise<FaultyReceiver> {
  const signers = new Map<string, Webhook>();
  const accepted = new Map<string, Map<string, EventEnvelope>>();
  let [forged, requests] = [0, 0];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const chunks: Buffer[] = [];
    request.on("error", () => undefined);
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      requests += 1;
      const answer = decide(path, String(request.headers["webhook-id"]));
      if (answer === "silence") return;
      if (answer === "reset") return void request.socket.destroy();
      if (answer === "error") return void response.writeHead(503).end();
      try {
        const body = Buffer.concat(chunks).toString();
        const event = signers.get(path)?.verify(body, request.headers as Record<string, string>) as EventEnvelope;
        const own = accepted.get(path) ?? new Map<string, EventEnvelope>();
        if (!own.has(event.id)) own.set(event.id, event);
        accepted.set(path, own);
        response.writeHead(204).end();
      } catch {
        forged += 1;
        response.writeHead(401).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted: (path) => [...(accepted.get(path)?.values() ?? [])],
    get forged() {
      return forged;
    },
    get requests() {
      return requests;
    },
    trust: (path, secret) => void signers.set(path, new Webhook(secret)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
