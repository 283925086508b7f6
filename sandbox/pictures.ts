/** The pictures of accounts, groups and channels, as `data:` URLs. */
import type { Store } from "./store.ts";

export class Pictures {
  readonly #find;
  readonly #set;
  readonly #delete;

  constructor(store: Store) {
    this.#find = store.one<{ url: string }>("SELECT url FROM pictures WHERE owner = ?");
    this.#set = store.run("INSERT INTO pictures VALUES (?, ?) ON CONFLICT DO UPDATE SET url = excluded.url");
    this.#delete = store.run("DELETE FROM pictures WHERE owner = ?");
  }

  of(owner: string): string | null {
    return this.#find(owner)?.url ?? null;
  }

  /** Null removes the picture. */
  set(owner: string, url: string | null): void {
    if (url === null) this.#delete(owner);
    else this.#set(owner, url);
  }
}
