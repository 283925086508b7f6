/** A webhook receiver as a customer would write it: it accepts only events with a valid signature. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export interface Receiver {
  readonly url: string;
  /** Sets the webhook's secret, which the API returns when the webhook is created. */
  setSecret(secret: string): void;
  /** Waits for an event of the type and returns its data; each event is returned once. Fails after `ms`. */
  next(type: string, ms?: number): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

interface SignedEvent {
  readonly type: string;
  readonly data: Record<string, unknown>;
}

export async function startReceiver(): Promise<Receiver> {
  let webhook: Webhook | undefined;
  const received: SignedEvent[] = [];
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      try {
        received.push(webhook?.verify(Buffer.concat(chunks), request.headers as Record<string, string>) as SignedEvent);
        response.writeHead(204).end();
        for (const watcher of watchers) watcher();
      } catch {
        response.writeHead(401).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    setSecret: (secret) => {
      webhook = new Webhook(secret);
    },
    next: (type, ms = 20_000) => {
      const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>();
      const check = () => {
        const index = received.findIndex((event) => event.type === type);
        if (index >= 0) resolve(received.splice(index, 1)[0]!.data);
      };
      watchers.add(check);
      const timer = setTimeout(() => reject(new Error(`no ${type} webhook arrived within ${ms} ms`)), ms);
      check();
      return promise.finally(() => {
        clearTimeout(timer);
        watchers.delete(check);
      });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
