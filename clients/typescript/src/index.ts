/** The client of the WPPConnect Agent System. */
export { WppClient, type ClientOptions } from "./client.ts";
export { NoAnswerError, WppError, type Problem } from "./error.ts";
export type { EventStream, EventStreamOptions } from "./events.ts";
export type { EntryOf, Event, EventOf, Method, Path, RequestOf, RequestOptions, ResponseOf, Schema } from "./types.ts";
export { SignatureError, verifyWebhook, type DeliveryHeaders } from "./webhooks.ts";
