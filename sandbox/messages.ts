/** Messages as they were sent, once per (sender, id), their media, and later changes to them. */
import { describeFile } from "./media-encryption.ts";
import { createHash } from "node:crypto";
import type { WireMedia, WireMessage } from "../contracts/sandbox-wire.ts";
import type { Store } from "./store.ts";

/** A stored message: `body` is the wire message as JSON, without the bytes of its media. */
export interface MessageRow {
  readonly n: number;
  readonly sender: string;
  readonly id: string;
  readonly chat: string;
  readonly type: WireMessage["type"];
  readonly body: string;
  readonly media: number | null;
  readonly at: number;
  readonly duplicates: number;
  readonly edited_text: string | null;
  readonly revoked: 0 | 1;
  /** Unix ms; null when it is not pinned. */
  readonly pinned_until: number | null;
  readonly kept: 0 | 1;
}

/** Types that refer to another message. They are routed like messages but are not items of an inbox. */
export const CONTROL_TYPES: ReadonlySet<string> = new Set(["reaction", "edit", "revoke", "poll_vote"]);

/** True for a chat that has the same id for everyone: a group, a channel or the statuses. */
export function isShared(chat: string): boolean {
  return !chat.endsWith("@c.us");
}

export class Messages {
  readonly #byN;
  readonly #byKey;
  readonly #insert;
  readonly #countDuplicate;
  readonly #mediaById;
  readonly #insertMedia;
  readonly #edit;
  readonly #revoke;
  readonly #pin;
  readonly #keep;
  readonly #react;
  readonly #unreact;
  readonly #vote;
  readonly #reactions;
  readonly #votes;

  constructor(store: Store) {
    this.#byN = store.one<MessageRow>("SELECT * FROM messages WHERE n = ?");
    this.#byKey = store.one<MessageRow>("SELECT * FROM messages WHERE sender = ? AND id = ?");
    this.#insert = store.one<{ n: number }>(
      "INSERT INTO messages (sender, id, chat, type, body, media, at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING n",
    );
    this.#countDuplicate = store.run("UPDATE messages SET duplicates = duplicates + 1 WHERE n = ?");
    this.#mediaById = store.one<{ data: Uint8Array }>("SELECT data FROM media WHERE id = ?");
    this.#insertMedia = store.one<{ id: number }>(
      "INSERT INTO media (hash, data) VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET hash = hash RETURNING id",
    );
    this.#edit = store.run("UPDATE messages SET edited_text = ? WHERE n = ?");
    this.#revoke = store.run("UPDATE messages SET revoked = 1 WHERE n = ?");
    this.#pin = store.run("UPDATE messages SET pinned_until = ? WHERE n = ?");
    this.#keep = store.run("UPDATE messages SET kept = ? WHERE n = ?");
    this.#react = store.run("INSERT INTO reactions VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET emoji = excluded.emoji");
    this.#unreact = store.run("DELETE FROM reactions WHERE message = ? AND account = ?");
    this.#vote = store.run("INSERT INTO votes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET options = excluded.options");
    this.#reactions = store.all<{ account: string; emoji: string }>(
      "SELECT account, emoji FROM reactions WHERE message = ?",
    );
    this.#votes = store.all<{ account: string; options: string }>(
      "SELECT account, options FROM votes WHERE message = ?",
    );
  }

  find(sender: string, id: string): MessageRow | undefined {
    return this.#byKey(sender, id);
  }

  get(n: number): MessageRow | undefined {
    return this.#byN(n);
  }

  insert(message: WireMessage): MessageRow {
    const bytes = message.media === undefined ? null : Buffer.from(message.media.data, "base64");
    const media = bytes === null ? null : this.#storeMedia(bytes);
    const body =
      message.media === undefined || bytes === null
        ? message
        : { ...message, media: { ...message.media, data: "", file: describeFile(message, bytes) } };
    const row = this.#insert(
      message.from,
      message.id,
      message.to,
      message.type,
      JSON.stringify(body),
      media,
      message.at,
    );
    const stored = row === undefined ? undefined : this.#byN(row.n);
    if (stored === undefined) throw new Error("inserting a message returned no row");
    return stored;
  }

  #storeMedia(data: Buffer): number {
    const row = this.#insertMedia(createHash("sha256").update(data).digest(), data);
    if (row === undefined) throw new Error("inserting media returned no row");
    return row.id;
  }

  countDuplicate(n: number): void {
    this.#countDuplicate(n);
  }

  /** The message as it was sent. */
  read(n: number, withMedia: boolean): WireMessage {
    const row = this.#byN(n);
    if (row === undefined) throw new Error(`message ${n} no longer exists`);
    const message = JSON.parse(row.body) as WireMessage;
    const media = withMedia ? this.mediaOf(row) : null;
    return media === null ? message : { ...message, media: { ...message.media, ...media } };
  }

  /** The media of a message, with its bytes in Base64. */
  mediaOf(row: MessageRow): WireMedia | null {
    if (row.media === null) return null;
    const { media } = JSON.parse(row.body) as WireMessage;
    const data = this.#mediaById(row.media)?.data;
    if (media === undefined || data === undefined) return null;
    const { mimetype, filename } = media;
    return { mimetype, filename, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64") };
  }

  /** What the message says about its encrypted file. */
  fileOf(row: MessageRow): WireMedia["file"] {
    return (JSON.parse(row.body) as WireMessage).media?.file;
  }

  edit(n: number, text: string): void {
    this.#edit(text, n);
  }

  revoke(n: number): void {
    this.#revoke(n);
  }

  /** Until a time (Unix ms); null takes it down. */
  pin(n: number, until: number | null): void {
    this.#pin(until, n);
  }

  keep(n: number, keep: boolean): void {
    this.#keep(keep ? 1 : 0, n);
  }

  /** An empty emoji removes the reaction. */
  react(n: number, account: string, emoji: string): void {
    if (emoji === "") this.#unreact(n, account);
    else this.#react(n, account, emoji);
  }

  /** A vote replaces the account's previous one. */
  vote(n: number, account: string, options: readonly string[]): void {
    this.#vote(n, account, JSON.stringify(options));
  }

  reactionsTo(n: number): { from: string; emoji: string }[] {
    return this.#reactions(n).map((row) => ({ from: row.account, emoji: row.emoji }));
  }

  votesOn(n: number): { from: string; options: string[] }[] {
    return this.#votes(n).map((row) => ({ from: row.account, options: JSON.parse(row.options) as string[] }));
  }
}
