/** Backbone-style events, which the real client's models have and wa-js relies on. */
import { define } from "./loader.ts";

export type Listener = (...args: never[]) => unknown;

interface Registration {
  listener: Listener;
  call: (args: unknown[]) => void;
}

/** `on`, `once`, `off` and `trigger` accept several names in one string; `all` matches every event. */
export class EventEmitter {
  readonly #registrations = new Map<string, Registration[]>();

  on(names: string, listener: Listener): this {
    return this.#register(names, listener, (args) => void Reflect.apply(listener, this, args));
  }

  once(names: string, listener: Listener): this {
    return this.#register(names, listener, (args) => {
      this.off(names, listener);
      Reflect.apply(listener, this, args);
    });
  }

  off(names?: string, listener?: Listener): this {
    if (names === undefined) this.#registrations.clear();
    for (const name of names?.split(" ") ?? []) {
      const remaining = (this.#registrations.get(name) ?? []).filter(
        (entry) => listener !== undefined && entry.listener !== listener,
      );
      this.#registrations.set(name, remaining);
    }
    return this;
  }

  trigger(names: string, ...args: unknown[]): this {
    for (const name of names.split(" ")) {
      for (const entry of [...(this.#registrations.get(name) ?? [])]) this.#call(entry, args);
      for (const entry of [...(this.#registrations.get("all") ?? [])]) this.#call(entry, [name, ...args]);
    }
    return this;
  }

  #register(names: string, listener: Listener, call: (args: unknown[]) => void): this {
    for (const name of names.split(" ")) {
      const list = this.#registrations.get(name) ?? [];
      list.push({ listener, call });
      this.#registrations.set(name, list);
    }
    return this;
  }

  /** An exception in a listener must not affect the other listeners or the page itself. */
  #call(entry: Registration, args: unknown[]): void {
    try {
      entry.call(args);
    } catch (error) {
      console.error(error);
    }
  }
}

define("WAWebEventEmitter", { default: EventEmitter });
