/**
 * Serves the page that stands in for WhatsApp Web. The page's TypeScript is served as native ES modules, its types stripped
 * when a file is first asked for: module scripts run before the load event, so nothing has to be bundled.
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

/** The picture of a login code, for the people who look at the page. */
function answerQr(response: ServerResponse, text: string): void {
  drawQr(text, { type: "svg", margin: 1 }).then(
    (svg) => answer(response, "image/svg+xml", svg),
    () => response.writeHead(422).end(),
  );
}

/** Answers a request to web.whatsapp.com. */
export function servePage(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "https://web.whatsapp.com");
  if (pathname === "/")
    return answer(response, "text/html; charset=utf-8", readFileSync(new URL("index.html", PAGE), "utf8"));
  if (pathname === "/qr.svg") return answerQr(response, searchParams.get("text") ?? "");
  const name = /^\/([a-z-]+\.ts)$/.exec(pathname)?.[1];
  try {
    if (name !== undefined) return answer(response, "text/javascript; charset=utf-8", moduleOf(name));
  } catch {
    // There is no such file: the same answer as for any other unknown path.
  }
  response.writeHead(404).end();
}
