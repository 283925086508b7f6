/** Reads JSON bodies with moleculer-web's parser, with a size limit per kind of route. */
import type { IncomingMessage, ServerResponse } from "node:http";
import ApiGateway from "moleculer-web";
import { Problem } from "../../contracts/errors.ts";

type Handler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;
type ParserFactory = { json(options: { limit: number; strict: boolean; type: () => boolean }): Handler };

const JSON_LIMIT = 1_000_000;
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** Reads the body into `request.body`, which stays undefined without one. */
export type BodyReader = (
  request: IncomingMessage & { body?: unknown },
  response: ServerResponse,
  kind: "json" | "media",
) => Promise<void>;

/** Limits: 1 MB, and for routes that accept media, the largest media in base64 plus 1 MB. */
export function createBodyReader(maxMediaBytes: number): BodyReader {
  const parsers = ApiGateway.bodyParser as unknown as ParserFactory;
  const make = (limit: number) => parsers.json({ limit, strict: false, type: () => true });
  const readers = { json: make(JSON_LIMIT), media: make(Math.ceil((maxMediaBytes * 4) / 3) + JSON_LIMIT) };
  return async (request, response, kind) => {
    if (!hasBody(request)) return;
    const type = request.headers["content-type"] ?? "";
    if (!JSON_TYPE.test(type))
      throw new Problem("unsupported_media_type", `the body must be application/json, not "${type}"`);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    readers[kind](request, response, (error) =>
      error === undefined || error === null ? resolve() : reject(toProblem(error)),
    );
    await promise;
  };
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
}

/** The problem for an error of the parser, which identifies most of its errors by `type`. */
function toProblem(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // Errors of the decompressor have no type, only the parser's status 400.
  if (!("type" in error))
    return "status" in error && error.status === 400
      ? new Problem("malformed_json", "the body does not match its Content-Encoding")
      : error;
  switch (error.type) {
    case "entity.too.large":
      return new Problem(
        "payload_too_large",
        "limit" in error ? `the body may have at most ${String(error.limit)} bytes` : "the body is too large",
      );
    case "entity.parse.failed":
      return new Problem("malformed_json", error.message);
    case "encoding.unsupported":
    case "charset.unsupported":
      return new Problem("unsupported_media_type", error.message);
    case "request.aborted":
    case "request.size.invalid":
      return new Problem("malformed_json", "the body ended before it was complete");
    default:
      return error;
  }
}
