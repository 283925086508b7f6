/** Problems for requests that Node's parser rejects, and for uploads with more than one file. */
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { codeOf, Problem, type ProblemCode } from "../../contracts/errors.ts";
import { createId } from "../../contracts/ids.ts";
import { headersOf, toDocument } from "./problems.ts";

const PARSER: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: "headers_too_large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "payload_too_large",
  ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
};

/** Node keeps the current response of a connection in this field. */
interface Connection extends Duplex {
  readonly _httpMessage?: { readonly headersSent: boolean } | null;
}

/** Handles the server's `clientError`: answers with a problem and closes the connection. */
export function refuseMalformed(error: Error, connection: Connection): void {
  if (!connection.writable || connection._httpMessage?.headersSent === true || codeOf(error) === "ECONNRESET") {
    connection.destroy();
    return;
  }
  answer(new Problem(PARSER[codeOf(error) ?? ""] ?? "malformed_request"), "", connection);
}

/** Answers a request for an upgrade with a problem and closes its connection. */
export function refuseUpgrade(problem: Problem, path: string, connection: Duplex): void {
  answer(problem, path, connection);
}

function answer(problem: Problem, path: string, connection: Duplex): void {
  const body = JSON.stringify(toDocument(problem, path, createId("request")));
  const headers = { ...headersOf(problem), "Content-Length": String(Buffer.byteLength(body)), Connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  connection.end(`HTTP/1.1 ${problem.code} ${STATUS_CODES[problem.code] ?? ""}\r\n${lines.join("")}\r\n${body}`);
}

/** Handles an upload's second file, which the form parser would drop silently. */
export function refuseMoreFiles(form: NodeJS.EventEmitter): void {
  form.emit("error", new Problem("validation", "one file is expected"));
}
