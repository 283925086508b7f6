/** What this driver did itself, so that the library's echo of it is not told as news. */
const REMEMBERED = 1_000;

export class OwnDoings {
  readonly #sends = new Set<string>();
  readonly #changes = new Set<string>();

  noteSend(id: string): void {
    note(this.#sends, id);
  }
  isSend(id: string): boolean {
    return this.#sends.has(id);
  }

  /** A change of the message with this key is about to be made here. */
  noteChange(key: string): void {
    note(this.#changes, key);
  }
  /** True once for each change that was noted. */
  isChange(key: string): boolean {
    return this.#changes.delete(key);
  }
}

function note(set: Set<string>, value: string): void {
  set.add(value);
  if (set.size > REMEMBERED) set.delete(set.values().next().value ?? value);
}
