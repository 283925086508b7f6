/** The client of the HTTP API: one typed function for every route, with retries that cannot send anything twice. */
import { NoAnswerError, WppError, type Problem } from "./error.ts";
import { openEvents, type EventStream, type EventStreamOptions } from "./events.ts";
import type { EntryOf, Method, Path, RequestOf, RequestOptions, ResponseOf, Schema } from "./types.ts";

export interface ClientOptions {
  /** Where the gateway is, such as `http://127.0.0.1:3000`. */
  readonly baseUrl: string;
  /** `wpp_…`, or give an access token. */
  readonly apiKey?: string;
  /** An access token, or a function that has a fresh one. */
  readonly accessToken?: string | (() => string | Promise<string>);
  /** ms for one attempt; 30,000 by default. */
  readonly timeoutMs?: number;
  /** Further attempts after one that may be repeated; 4 by default. */
  readonly retries?: number;
  /** In place of the global fetch. */
  readonly fetch?: typeof fetch;
}

/** The parts of a request without their types, which the public functions have checked. */
interface AnyRequest extends RequestOptions {
  readonly path?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

const PREFIX = "/api/v1";
/** Routes at the root of the server. */
const AT_ROOT = /^\/(?:livez|readyz|startupz|health|openapi\.json)(?:\/|$)/;
const TIMEOUT_MS = 30_000;
const RETRIES = 4;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** Routes that queue messages take an Idempotency-Key; with one they can be repeated. */
const QUEUES =
  /^\/sessions\/\{session\}\/messages(?:\/bulk)?$|\/messages\/\{id\}(?:\/(?:retry|revoke|forward))?$|\/status$|\/invitations$/;
/** Answers after which nothing has happened, so that any request can be repeated. */
const NOTHING_HAPPENED = new Set<string>(["rate_limited", "idempotency_in_progress"]);
/** Answers after which something may have happened; a proxy gives them too, for a connection that it has lost. */
const UNCERTAIN = new Set<string>(["unavailable", "outcome_unknown"]);
/** Problems in the place of a proxy's own answers. */
const CODES: Readonly<Record<number, Problem["code"]>> = {
  429: "rate_limited",
  502: "unavailable",
  503: "unavailable",
  504: "outcome_unknown",
};

/** Waits, unless the caller's signal ends it. */
function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

export class WppClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = { ...options, baseUrl: options.baseUrl.replace(/\/+$/, "") };
  }

  /**
   * Calls a route: `client.request("GET", "/sessions/{session}", { path: { session: "main" } })`. Resolves with the
   * body of the success. Throws WppError for a refusal, and NoAnswerError when there was no answer.
   */
  request<M extends Method, P extends Path<M>>(
    method: M,
    path: P,
    ...[request]: {} extends RequestOf<M, P> ? [request?: RequestOf<M, P>] : [request: RequestOf<M, P>]
  ): Promise<ResponseOf<M, P>> {
    return this.#repeat(method, path, (request ?? {}) as AnyRequest) as Promise<ResponseOf<M, P>>;
  }

  /** The entries of a list, page after page, as they are asked for. */
  async *list<P extends Path<"GET">>(
    path: P,
    ...[request]: {} extends RequestOf<"GET", P> ? [request?: RequestOf<"GET", P>] : [request: RequestOf<"GET", P>]
  ): AsyncGenerator<EntryOf<P>, void, undefined> {
    const given = (request ?? {}) as AnyRequest;
    let cursor: string | null | undefined;
    do {
      const query = { ...(given.query as object), ...(typeof cursor === "string" ? { cursor } : {}) };
      const page = (await this.#repeat("GET", path, { ...given, query })) as {
        data: EntryOf<P>[];
        nextCursor?: string | null;
      };
      yield* page.data;
      cursor = page.nextCursor;
    } while (typeof cursor === "string");
  }

  /** Queues a message; resolves when it is stored. It is sent once, whatever happens to this request. */
  send(session: string, message: Schema<"SendMessage">, options: RequestOptions = {}): Promise<Schema<"Message">> {
    return this.#repeat("POST", "/sessions/{session}/messages", {
      ...options,
      path: { session },
      body: message,
    }) as Promise<Schema<"Message">>;
  }

  /** Uploads a file, whose `uploadId` can be used in messages for a day. */
  upload(file: Blob, filename: string): Promise<ResponseOf<"POST", "/uploads">> {
    const form = new FormData();
    form.set("file", file, filename);
    return this.#repeat("POST", "/uploads", { body: form }) as Promise<ResponseOf<"POST", "/uploads">>;
  }

  /** The events of the tenant over Socket.io, resumed where they stopped. Needs the package socket.io-client. */
  events(options: EventStreamOptions = {}): EventStream {
    return openEvents(this.#options.baseUrl, () => this.#credential(), options);
  }

  async #credential(): Promise<{ apiKey: string } | { token: string } | undefined> {
    const { apiKey, accessToken } = this.#options;
    if (apiKey !== undefined) return { apiKey };
    if (accessToken === undefined) return undefined;
    return { token: typeof accessToken === "string" ? accessToken : await accessToken() };
  }

  async #repeat(method: Method, path: string, request: AnyRequest): Promise<unknown> {
    const isQueued = method !== "GET" && method !== "PUT" && QUEUES.test(path);
    const idempotencyKey = request.idempotencyKey ?? (isQueued ? crypto.randomUUID() : undefined);
    const isRepeatable = method === "GET" || method === "PUT" || method === "DELETE" || isQueued;
    const retries = this.#options.retries ?? RETRIES;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#ask(method, path, {
          ...request,
          ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        });
      } catch (error) {
        const isLast = attempt >= retries || request.signal?.aborted === true;
        if (isLast || !mayRepeat(error, isRepeatable)) throw error;
        await wait(waitAfter(error, attempt), request.signal);
      }
    }
  }

  async #ask(method: Method, path: string, request: AnyRequest): Promise<unknown> {
    const { body } = request;
    const credential = await this.#credential();
    const isForm = body instanceof FormData;
    const timeout = AbortSignal.timeout(request.timeoutMs ?? this.#options.timeoutMs ?? TIMEOUT_MS);
    const init = {
      method,
      headers: {
        accept: "application/json, */*;q=0.5",
        ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
        ...(credential === undefined
          ? {}
          : "apiKey" in credential
            ? { "x-api-key": credential.apiKey }
            : { authorization: `Bearer ${credential.token}` }),
        ...(request.idempotencyKey === undefined ? {} : { "idempotency-key": request.idempotencyKey }),
        ...request.headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      signal: request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]),
    };
    try {
      return await this.#read(await (this.#options.fetch ?? fetch)(this.#urlOf(path, request), init));
    } catch (error) {
      // An answer that breaks off is none.
      if (error instanceof WppError || request.signal?.aborted === true) throw error;
      throw new NoAnswerError(`${method} ${path}: ${reasonOf(error)}`, { cause: error });
    }
  }

  async #read(response: Response): Promise<unknown> {
    const type = response.headers.get("content-type") ?? "";
    if (!response.ok) throw new WppError(await problemOf(response, type));
    if (response.status === 204) return undefined;
    return type.includes("json") ? response.json() : response.blob();
  }

  #urlOf(path: string, { path: parameters, query }: AnyRequest): string {
    const given = (parameters ?? {}) as Readonly<Record<string, string>>;
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given[name] ?? ""));
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries((query ?? {}) as object))
      if (value !== undefined && value !== null) search.set(name, String(value));
    const text = search.toString();
    return `${this.#options.baseUrl}${AT_ROOT.test(path) ? "" : PREFIX}${filled}${text === "" ? "" : `?${text}`}`;
  }
}

/** What fetch says, and why: Node tells the reason in the cause only. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === "string" ? `${error.message}, ${cause.code}` : error.message;
}

/** The problem of an answer; something in its place when a proxy answered. */
async function problemOf(response: Response, type: string): Promise<Problem> {
  const text = await response.text();
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const asked = Number.isFinite(retryAfter) ? { retryAfter } : {};
  const parsed = type.includes("json") ? parseProblem(text) : undefined;
  if (parsed !== undefined) return { ...asked, ...parsed };
  return {
    ...asked,
    type: "about:blank",
    title: response.statusText,
    status: response.status,
    detail: text.slice(0, 500),
    instance: response.url,
    code: CODES[response.status] ?? "internal",
    requestId: response.headers.get("x-request-id") ?? "",
  };
}

function parseProblem(text: string): Problem | undefined {
  try {
    const parsed = JSON.parse(text) as Partial<Problem>;
    return typeof parsed.code === "string" ? (parsed as Problem) : undefined;
  } catch {
    // What is no JSON is no problem of the API.
    return undefined;
  }
}

function mayRepeat(error: unknown, isRepeatable: boolean): boolean {
  if (error instanceof NoAnswerError) return isRepeatable;
  if (!(error instanceof WppError)) return false;
  if (NOTHING_HAPPENED.has(error.code)) return true;
  return isRepeatable && UNCERTAIN.has(error.code);
}

/** ms: what the server asks for, or longer each time with a random part. */
function waitAfter(error: unknown, attempt: number): number {
  const asked = error instanceof WppError ? error.problem.retryAfter : undefined;
  if (asked !== undefined) return asked * 1000;
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return longest / 2 + (Math.random() * longest) / 2;
}
