/** The forms in which the bodies of webhooks are written. */
import { z } from "zod";

export const WebhookFormat = z
  .enum(["standard", "cloudevents", "wppconnect"])
  .describe(
    "standard: the event as the API lists it; cloudevents: in a CloudEvents 1.0 envelope; wppconnect: the bodies of " +
      "wppconnect-server (`onmessage`, `onack`, …), where it has one for the event. Each is signed",
  );
export type WebhookFormat = z.infer<typeof WebhookFormat>;
