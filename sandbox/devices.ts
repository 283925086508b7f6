/** Linked devices. The token that lets a device in is stored as a hash only. */
import { createHash, randomBytes } from "node:crypto";
import type { Store } from "./store.ts";

export interface Device {
  readonly id: number;
  readonly account: string;
  readonly name: string;
  readonly linked_at: number;
  /** Everything up to here was given to it before, so that a repeat can be told as one. */
  readonly given_seq: number;
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

export class Devices {
  readonly #insert;
  readonly #byToken;
  readonly #ofAccount;
  readonly #idsOfAccount;
  readonly #delete;
  readonly #seen;
  readonly #unseenSince;

  constructor(store: Store) {
    this.#insert = store.one<Device>(
      "INSERT INTO devices (account, token_hash, name, linked_at, seen_at) VALUES (?, ?, ?, ?, ?) RETURNING id, account, name, linked_at, given_seq",
    );
    this.#byToken = store.one<Device>(
      "SELECT id, account, name, linked_at, given_seq FROM devices WHERE token_hash = ?",
    );
    this.#ofAccount = store.all<Device>(
      "SELECT id, account, name, linked_at, given_seq FROM devices WHERE account = ? ORDER BY id",
    );
    this.#idsOfAccount = store.all<{ id: number }>("SELECT id FROM devices WHERE account = ?");
    this.#delete = store.run("DELETE FROM devices WHERE id = ?");
    this.#seen = store.run("UPDATE devices SET seen_at = ?, given_seq = max(given_seq, ?) WHERE id = ?");
    this.#unseenSince = store.all<{ id: number }>("SELECT id FROM devices WHERE seen_at < ?");
  }

  /** Links a new device and gives the token that it will show from now on. */
  link(account: string, name: string): { device: Device; token: string } {
    const token = randomBytes(32).toString("base64url");
    const now = Date.now();
    const device = this.#insert(account, hashOf(token), name, now, now);
    if (device === undefined) throw new Error("the insert of a device gave no row");
    return { device, token };
  }

  byToken(token: string): Device | undefined {
    return this.#byToken(hashOf(token));
  }

  of(account: string): Device[] {
    return this.#ofAccount(account);
  }

  idsOf(account: string): number[] {
    return this.#idsOfAccount(account).map((row) => row.id);
  }

  /** Its queue goes with it. */
  unlink(id: number): void {
    this.#delete(id);
  }

  /** Notes that the device was here, and up to where its queue was given to it. */
  markSeen(id: number, givenSeq: number): void {
    this.#seen(Date.now(), givenSeq, id);
  }

  unseenSince(at: number): number[] {
    return this.#unseenSince(at).map((row) => row.id);
  }
}
