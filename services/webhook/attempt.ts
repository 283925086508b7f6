/** One attempt: a signed POST (Standard Webhooks) and its result. */
import { Webhook as Signer } from "standardwebhooks";
import type { Dispatcher } from "undici";
import type { z } from "zod";
import { isProblem } from "../../contracts/errors.ts";
import type { Delivery } from "../../contracts/routes/webhook.ts";
import type { WebhookRow } from "../../db/models/webhook.ts";
import type { DeliveryRow } from "../../db/statements/webhooks/deliveries.ts";
import { guardedFetch } from "../../access/outgoing/guarded-fetch.ts";
import type { Secrets } from "../../mixins/secrets.ts";
import { openHeaders, signingSecrets } from "./endpoint.ts";
import { readRetryAfter } from "./schedule.ts";

export type Attempt = Delivery["attempts"][number];

export interface AttemptTools {
  readonly secrets: Secrets;
  readonly agent: Dispatcher;
  readonly allowPrivate: readonly string[];
  /** Time limit of the whole attempt, in ms. */
  readonly timeout: number;
  /** The body in the endpoint's form; null when the form has none for this event. */
  readonly write: (endpoint: WebhookRow, delivery: DeliveryRow) => Promise<WrittenBody | null>;
}

export interface WrittenBody {
  readonly text: string;
  readonly type: string;
}

export interface AttemptResult {
  readonly attempt: Attempt;
  readonly outcome: "delivered" | "failed" | "gone";
  /** True when the URL is not allowed and nothing was sent. */
  readonly blocked: boolean;
  /** ms that the receiver asked us to wait. */
  readonly retryAfter: number | null;
}

/** Most bytes of the response that are stored. */
const MAX_STORED = 1_024;
/** Most bytes of the response that are read. */
const MAX_READ = 64_000;

/** Makes one attempt. A failure of the receiver or the network is a result, not an error. */
export async function attempt(
  tools: AttemptTools,
  endpoint: WebhookRow,
  delivery: DeliveryRow,
): Promise<AttemptResult> {
  const started = Date.now();
  const at = new Date(started);
  const finish = (status: number | null, response: string): Attempt => ({
    at: at.toISOString(),
    status,
    ms: Date.now() - started,
    response,
  });
  try {
    const body = await tools.write(endpoint, delivery);
    if (body === null)
      return {
        attempt: finish(null, `nothing was sent: the format ${endpoint.format} has no such event`),
        outcome: "delivered",
        blocked: false,
        retryAfter: null,
      };
    const answer = await guardedFetch(endpoint.url, {
      method: "POST",
      headers: {
        ...openHeaders(tools.secrets, endpoint),
        ...ownHeaders(tools.secrets, endpoint, delivery.event_id, body, at),
      },
      body: body.text,
      timeout: tools.timeout,
      maxBytes: MAX_READ,
      overflow: "truncate",
      allowPrivate: tools.allowPrivate,
      agent: tools.agent,
    });
    const text = Buffer.from(answer.body.subarray(0, MAX_STORED)).toString("utf8");
    const outcome =
      answer.status >= 200 && answer.status < 300 ? "delivered" : answer.status === 410 ? "gone" : "failed";
    return {
      attempt: finish(answer.status, text),
      outcome,
      blocked: false,
      retryAfter: readRetryAfter(answer.headers["retry-after"], Date.now()),
    };
  } catch (error) {
    if (!isProblem(error)) throw error;
    return {
      attempt: finish(null, error.message),
      outcome: "failed",
      blocked: error.type === "url_blocked",
      retryAfter: null,
    };
  }
}

function ownHeaders(
  secrets: Secrets,
  endpoint: WebhookRow,
  eventId: string,
  body: WrittenBody,
  at: Date,
): Record<string, string> {
  const signatures = signingSecrets(secrets, endpoint, at.getTime()).map((secret) =>
    new Signer(secret).sign(eventId, at, body.text),
  );
  return {
    "content-type": body.type,
    "user-agent": "wppconnect-agent-system",
    "webhook-id": eventId,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}

/** The attempts of a delivery, oldest first. */
export function attemptsOf(delivery: DeliveryRow): Attempt[] {
  return JSON.parse(delivery.log) as z.infer<typeof Delivery>["attempts"];
}

const MAX_LOGGED = 30;

/** The delivery's log, as JSON, with one more attempt. */
export function withAttempt(delivery: DeliveryRow, made: Attempt): string {
  return JSON.stringify([...attemptsOf(delivery), made].slice(-MAX_LOGGED));
}
