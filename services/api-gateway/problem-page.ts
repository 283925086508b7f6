/** Problems as a page, for people who open an address in a browser. Programs get JSON. */
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { z } from "zod";
import type { ProblemBody } from "../../contracts/errors.ts";
import { PLAIN_POLICY } from "./pages.ts";

const TEMPLATE = readFileSync(join(import.meta.dirname, "pages/problem.html"), "utf8");
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** True for a browser that opens an address. Programs and scripts accept anything, or JSON. */
export function wantsPage({ method, headers }: IncomingMessage): boolean {
  return (method === "GET" || method === "HEAD") && /\btext\/html\b/i.test(headers.accept ?? "");
}

/** The page of a problem, and the headers that differ from those of its document. */
export function problemPage(problem: z.infer<typeof ProblemBody>): { headers: Record<string, string>; body: string } {
  const body = TEMPLATE.replace(/\{(\w+)\}/g, (_match, name: string) =>
    String(problem[name as keyof typeof problem]).replace(/[&<>"']/g, (character) => ENTITIES[character]!),
  );
  return { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": PLAIN_POLICY }, body };
}
