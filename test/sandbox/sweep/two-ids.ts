/**
 * The probes name people by their numbers; the page, whose account has moved to LIDs, names them by those. Ids and the
 * keys of messages are translated on the way in and out.
 */
import type { SandboxPhone } from "../../../contracts/sandbox.ts";

/** Longer texts are data. */
const MAX_KEY = 200;

export class TwoIds {
  readonly #lids: ReadonlyMap<string, string>;
  readonly #numbers: ReadonlyMap<string, string>;

  constructor(people: readonly SandboxPhone[]) {
    this.#lids = new Map(people.map(({ chatId, lid }) => [chatId, lid]));
    this.#numbers = new Map(people.map(({ chatId, lid }) => [lid, chatId]));
  }

  inPage<T>(value: T): T {
    return translate(value, this.#lids) as T;
  }

  ofPage<T>(value: T): T {
    return translate(value, this.#numbers) as T;
  }
}

function translate(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  const idOf = (text: string): string =>
    text.length > MAX_KEY
      ? text
      : text
          .split("_")
          .map((part) => ids.get(part) ?? part)
          .join("_");
  if (typeof value === "string") return idOf(value);
  if (Array.isArray(value)) return value.map((item) => translate(item, ids));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [idOf(name), translate(item, ids)]));
}
