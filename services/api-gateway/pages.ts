/**
 * The gateway's own pages: static files, each with the strictest content security policy that it works under. Their
 * TypeScript is served as native ES modules, with the types removed on the first request.
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { createOpenApi } from "../../contracts/openapi.ts";

type Handler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

const FOLDER = join(import.meta.dirname, "pages");
const ROOT = join(import.meta.dirname, "../..");
const HTML = "text/html; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";
const STYLE = "text/css; charset=utf-8";

export const PLAIN_POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'",
  "form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
].join("; ");

const compress = promisify(gzip);

/** Loads on the first call and shares the result; a failure is not kept. */
function once(load: () => Promise<Buffer>): () => Promise<Buffer> {
  let loading: Promise<Buffer> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}

function serve(type: string, load: () => Promise<Buffer>, headers: Readonly<Record<string, string>>): Handler {
  const plain = once(load);
  const zipped = once(async () => compress(await plain()));
  return (request, response, next) => {
    const acceptsGzip = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
    (acceptsGzip ? zipped() : plain()).then((body) => {
      const encoding = acceptsGzip ? { "Content-Encoding": "gzip" } : {};
      response.writeHead(200, {
        "Content-Type": type,
        "Content-Length": body.length,
        Vary: "Accept-Encoding",
        ...encoding,
        ...headers,
      });
      response.end(request.method === "HEAD" ? undefined : body);
    }, next);
  };
}

function page(file: string, policy: string): Handler {
  return serve(HTML, () => readFile(join(FOLDER, file)), {
    "Content-Security-Policy": policy,
    "Cache-Control": "no-cache",
  });
}

function asset(file: string, type: string): Handler {
  return serve(type, () => readFile(join(FOLDER, file)), { "Cache-Control": "no-cache" });
}

/** A module of a page, below `/pages`. Modules of `contracts/` are at `/pages/contracts`. */
function script(path: string): Readonly<Record<string, Handler>> {
  const load = async () => {
    const code = stripTypeScriptTypes(await readFile(join(ROOT, path), "utf8"));
    return Buffer.from(code.replaceAll('"../../../contracts/', '"/pages/contracts/'));
  };
  const served = path.replace("services/api-gateway/", "/").replace(/^contracts/, "/pages/contracts");
  return { [`GET ${served}`]: serve(SCRIPT, load, { "Cache-Control": "no-cache" }) };
}

function version(): string {
  const manifest = readFileSync(join(import.meta.dirname, "../../package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Aliases of the pages for moleculer-web. */
export const pageAliases: Readonly<Record<string, Handler>> = {
  "GET /": page("landing.html", PLAIN_POLICY),
  "GET /welcome": page("welcome.html", PLAIN_POLICY),
  "GET /docs": page("docs.html", PLAIN_POLICY),
  "GET /openapi.json": serve(
    "application/json; charset=utf-8",
    async () => Buffer.from(JSON.stringify(createOpenApi(version()))),
    {
      "Access-Control-Allow-Origin": "*",
      "Cache-Control": "no-cache",
    },
  ),
  "GET /pages/page.css": asset("page.css", STYLE),
  "GET /pages/docs.css": asset("docs.css", STYLE),
  ...script("services/api-gateway/pages/api.ts"),
  ...script("services/api-gateway/pages/docs-document.ts"),
  ...script("services/api-gateway/pages/docs-schema.ts"),
  ...script("services/api-gateway/pages/docs-try.ts"),
  ...script("services/api-gateway/pages/docs.ts"),
  ...script("services/api-gateway/pages/dom.ts"),
  ...script("services/api-gateway/pages/link.ts"),
  ...script("services/api-gateway/pages/message.ts"),
  ...script("services/api-gateway/pages/sessions.ts"),
  ...script("services/api-gateway/pages/welcome.ts"),
  ...script("contracts/states.ts"),
};
