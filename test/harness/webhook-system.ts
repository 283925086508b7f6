/** A system with webhooks, and a receiver that answers as a test configures it and keeps the requests. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { EventData, EventEnvelope, EventType } from "../../contracts/events.ts";
import type { Delivery, Webhook } from "../../contracts/routes/webhook.ts";
import type { Database } from "../../db/database.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { acquireDatabase, releaseDatabase } from "../../mixins/database.mixin.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { OPEN, registerTenant, type Account } from "./accounts.ts";
import { sampleDraft } from "./events.ts";
import { checkEvent } from "./event-checks.ts";
import { startSystem, until, type System, type SystemOptions } from "./system.ts";

export interface Received {
  headers: Record<string, string>;
  body: string;
  event: EventEnvelope;
}

export type CreatedWebhook = Webhook & { secret: string };

interface ReceiverResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface WebhookSystem {
  readonly system: System;
  readonly database: Database;
  readonly received: Received[];
  /** Requests so far, by path. */
  readonly attempts: Map<string, number>;
  /** Sets the receiver's responses at a path, by attempt counted from 1; 204 by default. */
  respond(path: string, responseTo: (attempt: number) => ReceiverResponse): void;
  urlOf(path: string): string;
  /** Appends the type's example, changed by `data`, and returns its id. */
  append<T extends EventType>(
    account: Account,
    type: T,
    data?: Partial<EventData<T>>,
    sessionId?: string,
  ): Promise<string>;
  /** A tenant with one endpoint at `path`. */
  setUp(
    name: string,
    path: string,
    changes?: object,
  ): Promise<{
    account: Account;
    made: CreatedWebhook;
    /** Appends the type's example and returns its id. */
    emit: (type: EventType) => Promise<string>;
  }>;
  stop(): Promise<void>;
}

export const WEBHOOK_OPTIONS = {
  services: ["api-gateway", "auth", "tenant", "webhook"],
  environment: { ...OPEN, WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8" },
  settings: { webhook: { retryDelays: [50, 50, 100], interval: 30, timeout: 1_000 } },
} satisfies SystemOptions;

/** Appends the type's example, changed by `data`, to a system's log and returns its id. */
export async function appendTo<T extends EventType>(
  system: System,
  database: Database,
  account: Account,
  type: T,
  data: Partial<EventData<T>> = {},
  sessionId: string | null = null,
): Promise<string> {
  const drafts = [sampleDraft(type, { tenantId: account.tenantId, sessionId }, data)];
  const [id] = await database.transaction((sql) => appendEvents(sql, drafts, Date.now()));
  announceEvents(system.broker);
  return id!;
}

export async function startWebhookSystem(): Promise<WebhookSystem> {
  const received: Received[] = [];
  const attempts = new Map<string, number>();
  const responses = new Map<string, (attempt: number) => ReceiverResponse>();
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [path, body] = [request.url!, Buffer.concat(chunks).toString()];
      const attempt = (attempts.get(path) ?? 0) + 1;
      attempts.set(path, attempt);
      const event = JSON.parse(body) as EventEnvelope;
      // A CloudEvent has its own envelope, which its test looks at.
      if (!("specversion" in event)) checkEvent(event);
      received.push({ headers: plain(request.headers), body, event });
      const { status, headers, body: text } = responses.get(path)?.(attempt) ?? { status: 204 };
      response.writeHead(status, headers).end(text);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const system = await startSystem(WEBHOOK_OPTIONS);
  const database = await acquireDatabase(system.broker);
  const urlOf = (path: string) => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;
  const append: WebhookSystem["append"] = (account, type, data, sessionId) =>
    appendTo(system, database, account, type, data, sessionId ?? null);
  return {
    system,
    database,
    received,
    attempts,
    urlOf,
    append,
    respond: (path, responseTo) => responses.set(path, responseTo),
    setUp: async (name, path, changes = {}) => {
      const account = await registerTenant(system, name);
      const made = await account.owner.expect<CreatedWebhook>(201, "POST", "/webhooks", {
        url: urlOf(path),
        events: ["*"],
        ...changes,
      });
      return { account, made, emit: (type) => append(account, type) };
    },
    stop: async () => {
      await releaseDatabase(system.broker);
      await system.stop();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    },
  };
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** The endpoint's deliveries, newest first. */
export async function deliveriesOf(account: Account, webhookId: string): Promise<Delivery[]> {
  const { data } = await account.owner.expect<{ data: Delivery[] }>(
    200,
    "GET",
    `/webhooks/${webhookId}/deliveries?limit=200`,
  );
  return data;
}

/** Waits for a delivery with this status. */
export function settled(account: Account, webhookId: string, status: Delivery["status"]): Promise<Delivery> {
  return until(async () => (await deliveriesOf(account, webhookId)).find((delivery) => delivery.status === status));
}
