/** Reads the bodies of the door's requests: JSON, forms, and forms with a file. All are limited. */
import type { IncomingMessage } from "node:http";
import { Busboy } from "@fastify/busboy";
import { isProblem, Problem } from "../../../contracts/errors.ts";
import type { BodyReader } from "../body.ts";
import type { GivenFile } from "./call.ts";

export interface Received {
  readonly body: Readonly<Record<string, unknown>>;
  readonly file: GivenFile | null;
}

const MULTIPART = /^multipart\/form-data\s*;/i;
const FORM = /^application\/x-www-form-urlencoded/i;
const MOST_FIELDS = 50;
const LONGEST_FORM = 1_000_000;

/** Reads a body of any of the forms. `mostBytes` is that of a file. */
export async function receive(
  request: IncomingMessage & { body?: unknown },
  readJson: BodyReader,
  mostBytes: number,
  timeoutMs: number,
): Promise<Received> {
  const type = request.headers["content-type"] ?? "";
  if (MULTIPART.test(type)) return readForm(request, mostBytes, timeoutMs);
  if (FORM.test(type)) return readUrlEncoded(request, timeoutMs);
  await readJson(request, "media");
  const { body } = request;
  if (body === undefined) return { body: {}, file: null };
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Problem("validation", "the body must be a JSON object");
  return { body: body as Record<string, unknown>, file: null };
}

/** Ends the request when it is not complete in time. */
async function inTime<T>(request: IncomingMessage, timeoutMs: number, work: Promise<T>): Promise<T> {
  const timer = setTimeout(
    () => request.destroy(new Problem("request_timeout", `the body was not complete after ${timeoutMs} ms`)),
    timeoutMs,
  );
  return work.finally(() => clearTimeout(timer));
}

async function readUrlEncoded(request: IncomingMessage, timeoutMs: number): Promise<Received> {
  const read = async (): Promise<string> => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LONGEST_FORM) throw new Problem("payload_too_large", `a form may have at most ${LONGEST_FORM} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  };
  const fields = new URLSearchParams(await inTime(request, timeoutMs, read()));
  return { body: Object.fromEntries(fields), file: null };
}

function readForm(request: IncomingMessage, mostBytes: number, timeoutMs: number): Promise<Received> {
  const parse = new Promise<Received>((resolve, reject) => {
    const body: Record<string, unknown> = {};
    let file: GivenFile | null = null;
    const parser = new Busboy({
      headers: request.headers as Record<string, string> & { "content-type": string },
      limits: { files: 1, fields: MOST_FIELDS, fieldSize: LONGEST_FORM, fileSize: mostBytes },
    });
    const fail = (error: unknown): void => {
      request.unpipe(parser);
      request.resume();
      const detail = error instanceof Error ? error.message : String(error);
      reject(isProblem(error) ? error : new Problem("validation", `the form could not be read: ${detail}`));
    };
    parser.on("field", (name, value) => {
      body[name] = value;
    });
    parser.on("file", (_name, stream, filename, _encoding, mimetype) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("limit", () => fail(new Problem("media_too_large", `a file may have at most ${mostBytes} bytes`)));
      stream.on("end", () => {
        file = { base64: Buffer.concat(chunks).toString("base64"), filename, mimetype };
      });
    });
    parser.on("error", fail);
    parser.on("finish", () => resolve({ body, file }));
    request.on("error", fail);
    request.once("close", () => {
      if (!request.complete) fail(new Problem("validation", "the form ended before it was complete"));
    });
    request.pipe(parser);
  });
  return inTime(request, timeoutMs, parse);
}
