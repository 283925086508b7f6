/**
 * The public API, called as the page's visitor. The tokens are kept in the tab's session storage: a reload keeps the
 * visitor signed in, and closing the tab ends it. They are never in a URL, and not in a cookie, which other sites could
 * make the browser send.
 */
import type { z } from "zod";
import type { ProblemBody } from "../../../contracts/errors.ts";
import type { SignedIn } from "../../../contracts/routes/auth.ts";

export type Problem = Partial<z.infer<typeof ProblemBody>> & { readonly detail: string };
type Tokens = Pick<SignedIn, "accessToken" | "refreshToken">;

/** ms. Longer than the longest wait that the pages ask for. */
const DEADLINE = 45_000;
const TOKENS = "wppconnect.tokens";
const BASE = "/api/v1";

/** A refusal of the API, or no answer. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

let onSignedOut: (reason: string) => void = () => undefined;
let refreshing: Promise<boolean> | undefined;

/** Calls `listener` when the login has ended, with a sentence for the visitor. */
export function whenSignedOut(listener: (reason: string) => void): void {
  onSignedOut = listener;
}

function tokens(): Tokens | undefined {
  const stored = sessionStorage.getItem(TOKENS);
  return stored === null ? undefined : (JSON.parse(stored) as Tokens);
}

/** The access token of this tab's login, if there is one. */
export function accessToken(): string | undefined {
  return tokens()?.accessToken;
}

export function isSignedIn(): boolean {
  return tokens() !== undefined;
}

export function keepTokens({ accessToken, refreshToken }: Tokens): void {
  sessionStorage.setItem(TOKENS, JSON.stringify({ accessToken, refreshToken }));
}

export function forgetTokens(): void {
  sessionStorage.removeItem(TOKENS);
}

async function send(method: string, path: string, body: unknown, accept: string): Promise<Response> {
  const stored = tokens();
  try {
    return await fetch(`${BASE}${path}`, {
      method,
      headers: {
        Accept: accept,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(stored === undefined ? {} : { Authorization: `Bearer ${stored.accessToken}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(DEADLINE),
    });
  } catch {
    throw new Refusal({ detail: "The server does not answer. It may be restarting: try again in a moment." });
  }
}

async function refusalOf(response: Response): Promise<Refusal> {
  const type = response.headers.get("content-type") ?? "";
  if (type.includes("json")) return new Refusal((await response.json()) as Problem);
  return new Refusal({ detail: `The server answered with status ${response.status}. Try again in a moment.` });
}

/** Exchanges the refresh token. Requests that find the access token expired at the same time share one exchange. */
function refresh(): Promise<boolean> {
  refreshing ??= (async () => {
    const stored = tokens();
    if (stored === undefined) return false;
    const response = await send("POST", "/auth/refresh", { refreshToken: stored.refreshToken }, "application/json");
    if (response.status >= 500) throw await refusalOf(response);
    if (!response.ok) return false;
    keepTokens((await response.json()) as Tokens);
    return true;
  })().finally(() => (refreshing = undefined));
  return refreshing;
}

async function request(method: string, path: string, body: unknown, accept: string): Promise<Response> {
  const response = await send(method, path, body, accept);
  if (response.ok) return response;
  const refusal = await refusalOf(response);
  if (response.status !== 401 || !isSignedIn()) throw refusal;
  if (refusal.problem.code === "token_expired" && (await refresh())) return request(method, path, body, accept);
  forgetTokens();
  onSignedOut("Your sign-in has ended. Sign in again to go on.");
  throw refusal;
}

/** Calls the API and returns the body of the answer. Throws a Refusal. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await request(method, path, body, "application/json");
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** An image as an address for `src`. Throws a Refusal. */
export async function image(path: string, type: string): Promise<string> {
  const response = await request("GET", path, undefined, type);
  return `data:${type},${encodeURIComponent(await response.text())}`;
}

/** The problem behind any error. */
export function problemOf(error: unknown): Problem {
  return error instanceof Refusal ? error.problem : { detail: `The page failed: ${String(error)}` };
}
