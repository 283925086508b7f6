/** A webhook receiver as a customer would write it: checks the signature, then believes the event. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export interface Receiver {
  readonly url: string;
  /** The secret comes with the answer that made the webhook. */
  trust(secret: string): void;
  /** The first event of the type that came signed, waited for. */
  next(type: string, ms?: number): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

interface Signed {
  readonly type: string;
  readonly data: Record<string, unknown>;
}

export async function startReceiver(): Promise<Receiver> {
  let webhook: Webhook | undefined;
  const seen: Signed[] = [];
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      try {
        seen.push(webhook?.verify(Buffer.concat(chunks), request.headers as Record<string, string>) as Signed);
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
    trust: (secret) => {
      webhook = new Webhook(secret);
    },
    next: (type, ms = 20_000) => {
      const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>();
      const look = () => {
        const at = seen.findIndex((event) => event.type === type);
        if (at >= 0) resolve(seen.splice(at, 1)[0]!.data);
      };
      watchers.add(look);
      const timer = setTimeout(() => reject(new Error(`no ${type} webhook came`)), ms);
      look();
      return promise.finally(() => {
        clearTimeout(timer);
        watchers.delete(look);
      });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
