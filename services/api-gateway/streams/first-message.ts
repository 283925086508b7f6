/** The credentials of a WebSocket: in a header of its request, as a subprotocol, or in its first message. */
import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import type { z } from "zod";
import { Problem } from "../../../contracts/errors.ts";
import { CREDENTIAL_PROTOCOL } from "../../../contracts/streams.ts";
import { findUnstorableText } from "../../../contracts/text.ts";
import { validationMessages } from "../../../contracts/validation-messages.ts";
import { credentialOf, isGivenAsApiKey } from "../request.ts";
import { describeAll } from "../validation.ts";

/** ms for the first message. */
const AUTH_TIMEOUT = 10_000;

export interface GivenCredential {
  readonly credential: string;
  /** Set where an API key is expected, to what an answer calls the place. */
  readonly keyField: string | undefined;
}

/** Undefined when the request has none: they come with the first message. */
export function credentialOfUpgrade(request: IncomingMessage): GivenCredential | undefined {
  const inHeader = credentialOf(request);
  if (inHeader !== undefined)
    return { credential: inHeader, keyField: isGivenAsApiKey(request) ? "X-Api-Key" : undefined };
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  const inProtocol = offered.find((name) => name.startsWith(CREDENTIAL_PROTOCOL));
  if (inProtocol === undefined) return undefined;
  return { credential: inProtocol.slice(CREDENTIAL_PROTOCOL.length), keyField: undefined };
}

/** The first message, as JSON. Throws `unauthenticated` when none comes, and `malformed_json`. */
export async function firstMessage(socket: WebSocket): Promise<unknown> {
  const text = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Problem("unauthenticated", 'send {"auth":{"apiKey":"..."}} within 10 s')),
      AUTH_TIMEOUT,
    );
    socket.once("message", (data: Buffer) => resolve(data.toString("utf8")));
    socket.once("close", () => reject(new Problem("unavailable", "the socket closed during its handshake")));
    socket.once("message", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem("malformed_json", "the first message is JSON with the credentials");
  }
}

/** Validates a part of what a client asks for; throws `validation`. */
export function parseStream<S extends z.ZodType>(schema: S, given: unknown, part: "query" | "body"): z.output<S> {
  const parsed = schema.safeParse(given, validationMessages);
  if (parsed.success && findUnstorableText(given) === undefined) return parsed.data;
  const errors = parsed.success ? [] : [...describeAll(part, parsed.error.issues)];
  throw new Problem("validation", errors[0]?.detail ?? "text has NUL characters or unpaired surrogates", { errors });
}
