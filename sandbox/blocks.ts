/** Blocked contacts of each account. */
import type { Store } from "./store.ts";

export class Blocks {
  readonly #find;
  readonly #insert;
  readonly #delete;
  readonly #of;

  constructor(store: Store) {
    this.#find = store.one<{ found: 1 }>("SELECT 1 AS found FROM blocks WHERE account = ? AND blocked = ?");
    this.#insert = store.run("INSERT INTO blocks VALUES (?, ?) ON CONFLICT DO NOTHING");
    this.#delete = store.run("DELETE FROM blocks WHERE account = ? AND blocked = ?");
    this.#of = store.all<{ blocked: string }>("SELECT blocked FROM blocks WHERE account = ? ORDER BY blocked");
  }

  /** True when `account` has blocked `other`. */
  has(account: string, other: string): boolean {
    return this.#find(account, other) !== undefined;
  }

  set(account: string, other: string, blocked: boolean): void {
    if (blocked) this.#insert(account, other);
    else this.#delete(account, other);
  }

  /** The ids that `account` has blocked. */
  of(account: string): string[] {
    return this.#of(account).map((row) => row.blocked);
  }
}
