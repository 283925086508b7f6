/** Remembers changes that this driver made itself, so that the library's echo of them is not reported. */
const MAX_REMEMBERED = 1_000;

export class OwnChanges {
  readonly #keys = new Set<string>();

  /** Records that a change is about to be made here; `key` names its kind and its message. */
  note(key: string): void {
    this.#keys.add(key);
    if (this.#keys.size > MAX_REMEMBERED) this.#keys.delete(this.#keys.values().next().value ?? key);
  }

  /** True once for each change that was noted. */
  isEcho(key: string): boolean {
    return this.#keys.delete(key);
  }
}
