/**
 * Serves the page that stands in for WhatsApp Web. The page's TypeScript is served as native ES modules, with the types
 * stripped on first request. Module scripts run before the load event, so no bundling is needed.
 */
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import { toString as drawQr } from "qrcode";

const PAGE = new URL("page/", import.meta.url);
const modules = new Map<string, string>();

function moduleOf(name: string): string {
  const cached = modules.get(name) ?? stripTypeScriptTypes(readFileSync(new URL(name, PAGE), "utf8"));
  modules.set(name, cached);
  return cached;
}

function answer(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(body);
}

/** The image of a QR code, for people who look at the page. */
function answerQr(response: ServerResponse, text: string): void {
  drawQr(text, { type: "svg", margin: 1 }).then(
    (svg) => answer(response, "image/svg+xml", svg),
    () => response.writeHead(422).end(),
  );
}

/** Handles a request to web.whatsapp.com. */
export function servePage(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "https://web.whatsapp.com");
  if (pathname === "/")
    return answer(response, "text/html; charset=utf-8", readFileSync(new URL("index.html", PAGE), "utf8"));
  if (pathname === "/qr.svg") return answerQr(response, searchParams.get("text") ?? "");
  const name = /^\/((?:[a-z-]+\/)?[a-z-]+\.ts)$/.exec(pathname)?.[1];
  try {
    if (name !== undefined) return answer(response, "text/javascript; charset=utf-8", moduleOf(name));
  } catch {
    // No such file: 404, as for any other unknown path.
  }
  response.writeHead(404).end();
}
