/** The key of a message: its direction, chat and id, and in groups its author. */
import { define } from "./loader.ts";
import { me } from "./me.ts";
import { createWid, Wid } from "./wid.ts";

interface KeyByDirection {
  from: Wid;
  to: Wid;
  id: string;
  selfDir: "in" | "out";
  participant?: Wid | null | undefined;
}
interface KeyByRemote {
  remote: Wid;
  fromMe: boolean;
  id: string;
  participant?: Wid | null | undefined;
}

export class MsgKey {
  readonly fromMe: boolean;
  readonly remote: Wid;
  readonly id: string;
  readonly participant?: Wid;
  readonly _serialized: string;

  constructor(parts: KeyByDirection | KeyByRemote) {
    if (parts === null || parts === undefined) throw new Error("MsgKey error: obj is null/undefined");
    const isByRemote = "remote" in parts;
    this.fromMe = isByRemote ? parts.fromMe : parts.selfDir === "out";
    this.remote = isByRemote ? parts.remote : parts.selfDir === "out" || parts.to.isGroup() ? parts.to : parts.from;
    this.id = parts.id;
    if (parts.participant) this.participant = parts.participant;
    this._serialized = [this.fromMe, this.remote, this.id, this.participant]
      .filter((part) => part !== undefined)
      .join("_");
  }

  static fromString(text: string): MsgKey {
    const [fromMe, remote, id, participant] = text.split("_");
    if (remote === undefined || id === undefined) throw new Error(`MsgKey error: ${text} is not a key`);
    return new MsgKey({
      fromMe: fromMe === "true",
      remote: createWid(remote),
      id,
      participant: participant === undefined ? null : createWid(participant),
    });
  }

  static from(value: MsgKey | string): MsgKey {
    return value instanceof MsgKey ? value : MsgKey.fromString(value);
  }

  /** A new key of an own message to the chat. */
  static own(chat: Wid): MsgKey {
    const participant = chat.isGroup() ? createWid(me().lid) : chat.isStatusV3() ? createWid(me().id) : null;
    return new MsgKey({ fromMe: true, remote: chat, id: MsgKey.newId(), participant });
  }

  /** Generates an id in the format of the real client. */
  static newId(): string {
    const random = crypto.getRandomValues(new Uint8Array(9));
    return `3EB0${Array.from(random, (byte) => byte.toString(16).padStart(2, "0"))
      .join("")
      .toUpperCase()}`;
  }

  clone(): MsgKey {
    return MsgKey.fromString(this._serialized);
  }

  equals(other: unknown): boolean {
    return other instanceof MsgKey && other._serialized === this._serialized;
  }

  toString(): string {
    return this._serialized;
  }
}

define("WAWebMsgKey", { default: MsgKey });
