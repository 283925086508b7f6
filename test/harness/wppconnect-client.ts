/** A client of wppconnect-server, written from its documentation: a token for a session, and its routes. */
export interface DoorAnswer {
  readonly status: number;
  // The answers differ by route, and the tests look at their fields.
  readonly body: Record<string, never> & { readonly status?: unknown; readonly response?: unknown };
  readonly bytes: Buffer;
}

export class WppconnectClient {
  readonly origin: string;
  readonly session: string;
  token = "";

  constructor(origin: string, session: string) {
    this.origin = origin;
    this.session = session;
  }

  async ask(method: string, path: string, body?: unknown): Promise<DoorAnswer> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: {
        ...(this.token === "" ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(70_000),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, body: (isJson ? JSON.parse(bytes.toString()) : {}) as DoorAnswer["body"], bytes };
  }

  get(path: string): Promise<DoorAnswer> {
    return this.ask("GET", `/api/${this.session}/${path}`);
  }

  post(path: string, body: unknown = {}): Promise<DoorAnswer> {
    return this.ask("POST", `/api/${this.session}/${path}`, body);
  }

  put(path: string, body: unknown = {}): Promise<DoorAnswer> {
    return this.ask("PUT", `/api/${this.session}/${path}`, body);
  }

  delete(path: string): Promise<DoorAnswer> {
    return this.ask("DELETE", `/api/${this.session}/${path}`);
  }

  async generateToken(secret: string): Promise<DoorAnswer> {
    const answer = await this.ask("POST", `/api/${this.session}/${secret}/generate-token`);
    if (answer.status === 201) this.token = String(answer.body["token"]);
    return answer;
  }
}
