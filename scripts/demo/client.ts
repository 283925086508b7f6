/** The demo's API client: plain HTTP, like any other client. */
export class DemoClient {
  readonly #origin: string;
  readonly #token: string | null;

  constructor(origin: string, token: string | null = null) {
    this.#origin = origin;
    this.#token = token;
  }

  /** The same client, authenticated by an access token. */
  withToken(token: string): DemoClient {
    return new DemoClient(this.#origin, token);
  }

  /** Sends a request and returns the JSON of the response; throws for an error status. */
  async request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#origin}/api/v1${path}`, {
      method,
      headers: {
        ...(this.#token === null ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(40_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  /** Polls until `isDone` returns true; fails after `ms`. */
  async poll<T>(path: string, isDone: (answer: T) => boolean, ms = 30_000): Promise<T> {
    const deadline = Date.now() + ms;
    for (;;) {
      const answer = await this.request<T>("GET", path);
      if (isDone(answer)) return answer;
      if (Date.now() > deadline)
        throw new Error(`GET ${path} did not reach the expected state in time: ${JSON.stringify(answer)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
