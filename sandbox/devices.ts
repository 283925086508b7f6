/** Linked devices. The token that authenticates a device is stored only as a hash. */
import { createHash, randomBytes } from "node:crypto";
import type { Store } from "./store.ts";

export interface Device {
  readonly id: number;
  readonly account: string;
  readonly name: string;
  readonly linked_at: number;
  /** The last event that was ever sent to it, so that a redelivery can be marked as one. */
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
  readonly #markSeen;
  readonly #notSeenSince;

  constructor(store: Store) {
    this.#insert = store.one<Device>(
      `INSERT INTO devices (account, token_hash, name, linked_at, seen_at) VALUES (?, ?, ?, ?, ?)
       RETURNING id, account, name, linked_at, given_seq`,
    );
    this.#byToken = store.one<Device>(
      "SELECT id, account, name, linked_at, given_seq FROM devices WHERE token_hash = ?",
    );
    this.#ofAccount = store.all<Device>(
      "SELECT id, account, name, linked_at, given_seq FROM devices WHERE account = ? ORDER BY id",
    );
    this.#idsOfAccount = store.all<{ id: number }>("SELECT id FROM devices WHERE account = ?");
    this.#delete = store.run("DELETE FROM devices WHERE id = ?");
    this.#markSeen = store.run("UPDATE devices SET seen_at = ?, given_seq = max(given_seq, ?) WHERE id = ?");
    this.#notSeenSince = store.all<{ id: number }>("SELECT id FROM devices WHERE seen_at < ?");
  }

  /** Links a new device and returns the token that authenticates it from now on. */
  link(account: string, name: string): { device: Device; token: string } {
    const token = randomBytes(32).toString("base64url");
    const now = Date.now();
    const device = this.#insert(account, hashOf(token), name, now, now);
    if (device === undefined) throw new Error("inserting a device returned no row");
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

  /** Deletes the device and its queue. */
  unlink(id: number): void {
    this.#delete(id);
  }

  /** Records that the device was connected, and the last event of its queue that was sent to it. */
  markSeen(id: number, lastSent: number): void {
    this.#markSeen(Date.now(), lastSent, id);
  }

  notSeenSince(at: number): number[] {
    return this.#notSeenSince(at).map((row) => row.id);
  }
}
