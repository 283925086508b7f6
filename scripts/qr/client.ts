/** Calls the API of a running system, with credentials from the environment or typed in. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** ms. Longer than the longest wait that the script asks for. */
const DEADLINE = 45_000;

/** What ends the script: a sentence for the person who runs it. */
export class Refusal extends Error {
  /** The problem's code; undefined when there was no answer. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

export class Client {
  readonly origin: string;
  readonly #token: string | undefined;

  /** `token`: an access token or an API key; both are accepted as a Bearer token. */
  constructor(origin: string, token?: string) {
    this.origin = origin.replace(/\/+$/, "").replace(/\/api\/v1$/, "");
    this.#token = token;
  }

  /** Returns the body of the answer. Throws a Refusal. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        accept: "application/json",
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(DEADLINE),
    }).catch(() => {
      throw new Refusal(`${this.origin} does not answer. Is the system running there? WPP_URL sets another address`);
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    const problem = parseProblem(text);
    throw new Refusal(problem.detail ?? `${this.origin} answered with status ${response.status}`, problem.code);
  }

  /** The same client as the user who signs in at the terminal. */
  async signIn(): Promise<Client> {
    process.stdout.write(`Sign in to ${this.origin}\n`);
    const email = await askPerson("E-mail: ", true);
    const password = await askPerson("Password: ", false);
    const { accessToken } = await this.ask<{ accessToken: string }>("POST", "/auth/login", { email, password });
    return new Client(this.origin, accessToken);
  }
}

function parseProblem(text: string): { code?: string; detail?: string } {
  try {
    return JSON.parse(text) as { code?: string; detail?: string };
  } catch {
    return {};
  }
}

/** Reads a line; without `isShown`, nothing that is typed appears. */
async function askPerson(question: string, isShown: boolean): Promise<string> {
  process.stdout.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: isShown ? process.stdout : silent, terminal: true });
  const onEnd = () => process.exit(130);
  reader.on("SIGINT", onEnd);
  try {
    return await reader.question("");
  } finally {
    reader.close();
    if (!isShown) process.stdout.write("\n");
  }
}
