/** The demo's way to the API: nothing but HTTP, as any client. */
export class DemoClient {
  readonly #origin: string;
  readonly #token: string | null;

  constructor(origin: string, token: string | null = null) {
    this.#origin = origin;
    this.#token = token;
  }

  /** The same client as somebody. */
  as(token: string): DemoClient {
    return new DemoClient(this.#origin, token);
  }

  /** The answer's JSON; a problem is thrown with its detail. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
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

  /** Asks until the answer is as wanted. */
  async until<T>(path: string, isWanted: (answer: T) => boolean, ms = 30_000): Promise<T> {
    const end = Date.now() + ms;
    for (;;) {
      const answer = await this.ask<T>("GET", path);
      if (isWanted(answer)) return answer;
      if (Date.now() > end)
        throw new Error(`GET ${path} did not become what was waited for; it is ${JSON.stringify(answer)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
