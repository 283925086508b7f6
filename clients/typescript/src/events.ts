/** Events over Socket.io: typed, in order, and resumed after the last one that was handled. */
import type { Event, EventOf } from "./types.ts";

type Credential = { readonly apiKey: string } | { readonly token: string } | undefined;

export interface EventStreamOptions {
  /** Begin after this event's `cursor`; absent: with what happens from now on. */
  readonly after?: string;
  /** Only events of these sessions (ids or names). */
  readonly sessions?: readonly string[];
  /** Only these types, or prefixes such as `message.*`. */
  readonly types?: readonly string[];
}

type Listener<T extends Event["type"]> = (event: EventOf<T>) => void | Promise<void>;

/** What of socket.io-client is used; the package is loaded when events are asked for. */
interface Socket {
  auth: unknown;
  on(name: string, listener: (...args: never[]) => void): void;
  onAny(listener: (name: string, payload: unknown) => void): void;
  connect(): void;
  disconnect(): void;
}

export interface EventStream {
  /** Calls the listener for each event of the type; one after the other, and the next waits for a promise. */
  on<T extends Event["type"]>(type: T, listener: Listener<T>): EventStream;
  /** Calls the listener for every event. */
  onAny(listener: (event: Event) => void | Promise<void>): EventStream;
  /** Called when events were missed that are no longer kept: read the state again. */
  onResync(listener: (notice: { reason: string; cursor: string }) => void): EventStream;
  /** Called with what went wrong: a refused credential, or a listener that threw. */
  onError(listener: (error: Error) => void): EventStream;
  /** The cursor of the last event that was handled; keep it to go on from there. */
  readonly cursor: string | undefined;
  /** Resolves when the stream is open. */
  readonly ready: Promise<void>;
  close(): void;
}

/** ms before a socket that the server has ended connects again. */
const RECONNECT_MS = 1_000;

type AnyListener = (event: Event) => void | Promise<void>;

class SocketStream implements EventStream {
  readonly ready: Promise<void>;
  cursor: string | undefined;
  readonly #options: EventStreamOptions;
  readonly #listeners = new Map<string, AnyListener[]>();
  readonly #any: AnyListener[] = [];
  readonly #resync: ((notice: { reason: string; cursor: string }) => void)[] = [];
  readonly #errors: ((error: Error) => void)[] = [];
  #socket: Socket | undefined;
  #isClosed = false;
  #again: ReturnType<typeof setTimeout> | undefined;
  #handled: Promise<void> = Promise.resolve();

  constructor(baseUrl: string, credential: () => Promise<Credential>, options: EventStreamOptions) {
    this.#options = options;
    this.cursor = options.after;
    this.ready = this.#open(baseUrl, credential);
    // Who does not wait for it hears of a failure through onError.
    this.ready.catch((error: unknown) => this.#fail(error));
  }

  on<T extends Event["type"]>(type: T, listener: Listener<T>): EventStream {
    const known = this.#listeners.get(type) ?? [];
    this.#listeners.set(type, [...known, listener as AnyListener]);
    return this;
  }

  onAny(listener: AnyListener): EventStream {
    this.#any.push(listener);
    return this;
  }

  onResync(listener: (notice: { reason: string; cursor: string }) => void): EventStream {
    this.#resync.push(listener);
    return this;
  }

  onError(listener: (error: Error) => void): EventStream {
    this.#errors.push(listener);
    return this;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#again);
    this.#socket?.disconnect();
  }

  async #open(baseUrl: string, credential: () => Promise<Credential>): Promise<void> {
    const { io } = (await import("socket.io-client")) as unknown as {
      io(url: string, options: object): Socket;
    };
    if (this.#isClosed) return;
    let refuse: (error: unknown) => void = () => undefined;
    const socket = io(baseUrl, {
      transports: ["websocket"],
      autoConnect: false,
      // Asked for again at each connection: a token may have been renewed, and the cursor has moved on.
      auth: (send: (auth: object) => void) =>
        void credential().then(
          (known) => send({ ...known, ...this.#wanted(), ...this.#position() }),
          (error: unknown) => {
            socket.disconnect();
            this.#fail(error);
            refuse(error);
          },
        ),
    });
    this.#socket = socket;
    socket.onAny((name, payload) => this.#receive(name, payload));
    // The server ends sockets when it stops or is overtaxed; the package itself comes back only after a lost connection.
    socket.on("disconnect", (reason: string) => {
      if (reason === "io server disconnect" && !this.#isClosed)
        this.#again = setTimeout(() => socket.connect(), RECONNECT_MS);
    });
    return new Promise((resolve, reject) => {
      refuse = reject;
      socket.on("connect", () => resolve());
      socket.on("connect_error", (error: Error & { data?: { detail?: string } }) => {
        const refused = new Error(error.data?.detail ?? error.message, { cause: error });
        this.#fail(refused);
        reject(refused);
      });
      socket.connect();
    });
  }

  #wanted(): object {
    const { sessions, types } = this.#options;
    return { ...(sessions ? { sessions } : {}), ...(types ? { types } : {}) };
  }

  #position(): object {
    return this.cursor === undefined ? {} : { after: this.cursor };
  }

  #receive(name: string, payload: unknown): void {
    if (name === "resync") {
      const notice = payload as { reason: string; cursor: string };
      this.cursor = notice.cursor;
      for (const listener of this.#resync) listener(notice);
      return;
    }
    const event = payload as Event;
    if (typeof event?.type !== "string") return;
    this.#handled = this.#handled.then(() => this.#handle(event));
  }

  async #handle(event: Event): Promise<void> {
    if (this.#isClosed) return;
    for (const listener of [...(this.#listeners.get(event.type) ?? []), ...this.#any]) {
      try {
        await listener(event);
      } catch (error) {
        this.#fail(error);
      }
    }
    this.cursor = event.cursor;
  }

  #fail(error: unknown): void {
    const known = error instanceof Error ? error : new Error(String(error));
    for (const listener of this.#errors) listener(known);
  }
}

export function openEvents(
  baseUrl: string,
  credential: () => Promise<Credential>,
  options: EventStreamOptions,
): EventStream {
  return new SocketStream(baseUrl, credential, options);
}
