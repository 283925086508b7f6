/** A webhook receiver that verifies every signature, and can be made to fail. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import type { EventEnvelope } from "../../contracts/events.ts";
import { checkEvent } from "./event-checks.ts";
import { until } from "./system.ts";

export interface WebhookReceiver {
  readonly url: string;
  readonly events: EventEnvelope[];
  /** Deliveries whose signature was wrong. */
  readonly forged: string[];
  trust(secret: string): void;
  /** The next so many deliveries are answered with this status. */
  fail(times: number, status: number): void;
  /** The first event that fits, waited for. */
  event(isWanted: (event: EventEnvelope) => boolean, milliseconds?: number): Promise<EventEnvelope>;
  close(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  let webhook: Webhook | undefined;
  let failures = { times: 0, status: 500 };
  const events: EventEnvelope[] = [];
  const forged: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      if (failures.times > 0) {
        failures = { ...failures, times: failures.times - 1 };
        response.writeHead(failures.status).end();
        return;
      }
      try {
        const event = webhook?.verify(body, request.headers as Record<string, string>) as EventEnvelope;
        checkEvent(event);
        events.push(event);
        response.writeHead(204).end();
      } catch {
        forged.push(body);
        response.writeHead(401).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    events,
    forged,
    trust: (secret) => {
      webhook = new Webhook(secret);
    },
    fail: (times, status) => {
      failures = { times, status };
    },
    event: (isWanted, milliseconds = 30_000) => until(() => events.find(isWanted), milliseconds),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
