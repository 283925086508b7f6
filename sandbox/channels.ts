/** Channels: one owner writes, any number of followers read. */
import { randomInt } from "node:crypto";
import type { WireChannel } from "../contracts/sandbox-wire-channels.ts";
import type { Account } from "./accounts.ts";
import type { Announcements } from "./announcements.ts";
import type { Clock } from "./clock.ts";
import { createInviteCode } from "./groups.ts";
import type { Pictures } from "./pictures.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

interface ChannelRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: string;
  readonly invite: string;
  readonly created_at: number;
}

interface Follower {
  readonly account: string;
  readonly muted: 0 | 1;
  readonly at: number;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly announcements: Announcements;
  readonly pictures: Pictures;
}

interface ChannelChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly picture?: string | null | undefined;
}

export class Channels {
  readonly #parts: Parts;
  readonly #find;
  readonly #of;
  readonly #search;
  readonly #insert;
  readonly #update;
  readonly #delete;
  readonly #follower;
  readonly #followers;
  readonly #count;
  readonly #follow;
  readonly #unfollow;
  readonly #mute;

  constructor(parts: Parts) {
    const { store } = parts;
    this.#parts = parts;
    this.#find = store.one<ChannelRow>("SELECT * FROM channels WHERE id = ? AND tenant = ?");
    this.#of = store.all<ChannelRow>(
      `SELECT c.* FROM channels c WHERE c.owner = ?1
         OR c.id IN (SELECT channel FROM channel_followers WHERE account = ?1) ORDER BY c.created_at, c.id`,
    );
    this.#search = store.all<ChannelRow>(
      "SELECT * FROM channels WHERE tenant = ? AND instr(lower(name), lower(?)) > 0 ORDER BY name, id LIMIT ?",
    );
    this.#insert = store.run("INSERT INTO channels VALUES (?, ?, ?, ?, ?, ?, ?)");
    this.#update = store.run("UPDATE channels SET name = ?, description = ? WHERE id = ?");
    this.#delete = store.run("DELETE FROM channels WHERE id = ?");
    this.#follower = store.one<Follower>("SELECT * FROM channel_followers WHERE channel = ? AND account = ?");
    this.#followers = store.all<Follower>("SELECT * FROM channel_followers WHERE channel = ? ORDER BY at LIMIT ?");
    this.#count = store.one<{ size: number }>("SELECT count(*) AS size FROM channel_followers WHERE channel = ?");
    this.#follow = store.run(
      "INSERT INTO channel_followers (channel, account, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    );
    this.#unfollow = store.run("DELETE FROM channel_followers WHERE channel = ? AND account = ?");
    this.#mute = store.run("UPDATE channel_followers SET muted = ? WHERE channel = ? AND account = ?");
  }

  /** Those that the account follows or owns. */
  of(account: Account): WireChannel[] {
    return this.#of(account.id).map((row) => this.#view(account, row));
  }

  get(account: Account, id: string): WireChannel {
    return this.#view(account, this.#require(account, id));
  }

  find(account: Account, text: string, limit: number): WireChannel[] {
    return this.#search(account.tenant, text, limit).map((row) => this.#view(account, row));
  }

  create(account: Account, given: ChannelChange & { name: string }): WireChannel {
    const id = `1203634${String(randomInt(1e11)).padStart(11, "0")}@newsletter`;
    const { name, description = null, picture } = given;
    this.#insert(id, account.tenant, name, description, account.id, createInviteCode(), this.#parts.clock.now());
    if (picture) this.#parts.pictures.set(id, picture);
    return this.#announced(account, id);
  }

  update(account: Account, id: string, change: ChannelChange): WireChannel {
    const row = this.#requireOwner(account, id);
    this.#update(change.name ?? row.name, change.description ?? row.description, id);
    if (change.picture !== undefined) this.#parts.pictures.set(id, change.picture);
    return this.#announced(account, id);
  }

  remove(account: Account, id: string): void {
    this.#requireOwner(account, id);
    const channel = this.get(account, id);
    const readers = this.#readers(id);
    this.#delete(id);
    this.#parts.pictures.set(id, null);
    this.#parts.announcements.to([account.id, ...readers], { type: "channel", change: "deleted", channel });
  }

  follow(account: Account, id: string, follow: boolean): WireChannel {
    const { owner } = this.#require(account, id);
    if (owner === account.id) throw new Refusal("refused", "the owner cannot follow the channel, or leave it");
    if (follow) this.#follow(id, account.id, this.#parts.clock.now());
    else this.#unfollow(id, account.id);
    return this.#announcedTo(account, id);
  }

  mute(account: Account, id: string, muted: boolean): WireChannel {
    const { owner } = this.#require(account, id);
    if (owner === account.id) this.#follow(id, account.id, this.#parts.clock.now());
    if (this.#mute(muted ? 1 : 0, id, account.id) === 0)
      throw new Refusal("refused", `${account.id} does not follow ${id}`);
    return this.#announcedTo(account, id);
  }

  followers(account: Account, id: string, limit: number): Follower[] {
    const { owner } = this.#requireOwner(account, id);
    return this.#followers(id, limit).filter((follower) => follower.account !== owner);
  }

  /** Who gets a message of the account in the channel, besides itself; throws a refusal for anyone but the owner. */
  audienceOf(account: Account, id: string): string[] {
    this.#requireOwner(account, id);
    return this.#readers(id).filter((reader) => reader !== account.id);
  }

  #readers(id: string): string[] {
    return this.#followers(id, -1).map((follower) => follower.account);
  }

  #announced(account: Account, id: string): WireChannel {
    const readers = this.#readers(id);
    for (const reader of readers)
      if (reader !== account.id)
        this.#parts.announcements.to([reader], {
          type: "channel",
          change: "updated",
          channel: { ...this.get(account, id), role: "follower", muted: this.#follower(id, reader)?.muted === 1 },
        });
    return this.#announcedTo(account, id);
  }

  /** The channel as the account sees it, which its devices are told. */
  #announcedTo(account: Account, id: string): WireChannel {
    const channel = this.get(account, id);
    this.#parts.announcements.to([account.id], { type: "channel", change: "updated", channel });
    return channel;
  }

  #require(account: Account, id: string): ChannelRow {
    const row = this.#find(id, account.tenant);
    if (row === undefined) throw new Refusal("target_not_found", `there is no channel ${id}`);
    return row;
  }

  #requireOwner(account: Account, id: string): ChannelRow {
    const row = this.#require(account, id);
    if (row.owner !== account.id) throw new Refusal("not_admin", `${account.id} does not own ${id}`);
    return row;
  }

  #view(account: Account, row: ChannelRow): WireChannel {
    const { id, name, description, invite, created_at: createdAt, owner } = row;
    const follower = this.#follower(id, account.id);
    const followsItself = this.#follower(id, owner) === undefined ? 0 : 1;
    return {
      id,
      name,
      description,
      picture: this.#parts.pictures.of(id),
      invite,
      createdAt,
      followers: (this.#count(id)?.size ?? 0) - followsItself,
      role: owner === account.id ? "owner" : follower === undefined ? null : "follower",
      muted: follower?.muted === 1,
    };
  }
}
