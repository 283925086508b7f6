/** The protocol of the streams for clients without Socket.io: WebSocket and Server-Sent Events. */
import { z } from "zod";
import { object, page } from "./route.ts";
import type { Resync } from "./socket-events.ts";

/** The path of the WebSocket stream, below no base path. */
export const WEBSOCKET_PATH = "/api/v1/stream";

/** The subprotocol that the server speaks; credentials may follow it as a second one. */
export const SUBPROTOCOL = "wpp.v1";
/** Before the access token or API key in `Sec-WebSocket-Protocol`, the only header that pages of browsers can set. */
export const CREDENTIAL_PROTOCOL = "wpp.auth.";

/** Why the server closes a stream. */
export type CloseReason = "credentials" | "slow" | "shutdown" | "failed";

/** The close codes of WebSocket, and the texts of both streams. A refusal closes with 4000 plus its HTTP status. */
export const CLOSINGS: Readonly<Record<CloseReason, { readonly code: number; readonly text: string }>> = {
  credentials: { code: 4401, text: "the credentials have expired or were revoked: connect with new ones" },
  slow: { code: 4000, text: "events were read too slowly: continue after the last cursor" },
  shutdown: { code: 1001, text: "this server stops: connect again, and continue after the last cursor" },
  failed: { code: 1011, text: "the stream failed: connect again, and continue after the last cursor" },
};

export type ResyncNotice = z.infer<typeof Resync>;

/** What a stream is asked for: the query of both streams. */
export const StreamQuery = object({
  after: page.cursor.describe("The `cursor` of the last event that was handled; absent: live events from now on"),
  types: z.string().max(1_000).optional().describe("Comma-separated list of types or prefixes such as message.*"),
  session: z.string().max(80).optional().describe("Only events of this session, by id or name"),
});

/** The first message on a WebSocket whose request had no credentials. What it asks for replaces the query. */
export const StreamAuth = object({
  auth: object({
    token: z.string().min(1).max(4_000).optional(),
    apiKey: z.string().min(1).max(4_000).optional(),
    ...StreamQuery.shape,
  }),
});

/** The checked query of a stream, as the event service answers it. */
export interface StreamGrant {
  /** Event patterns; null for all. */
  readonly types: readonly string[] | null;
  /** null for all sessions, and the tenant's own events. */
  readonly sessionId: string | null;
  /** The position in the log to continue from; null for live events only. */
  readonly position: number | null;
}
