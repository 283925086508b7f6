/** Models of messages, and the conversion from stored messages. */
import type { WireMessage } from "../../contracts/sandbox-wire.ts";
import { ContactModel, noteContact } from "./contacts.ts";
import { define } from "./loader.ts";
import { isMe, me } from "./me.ts";
import { fileAttributes, mediaAttributes, type MediaData } from "./media.ts";
import { contentAttributes, messageTypeOf } from "./message-content.ts";
import { MsgKey } from "./message-key.ts";
import { Collection, modelOf } from "./model.ts";
import type { MessageRecord } from "./storage.ts";
import { createWid, widOrUndefined, type Wid } from "./wid.ts";

export interface MsgAttributes {
  id: MsgKey;
  from: Wid;
  to: Wid;
  author: Wid | undefined;
  type: string;
  subtype: string | undefined;
  body: string | undefined;
  caption: string | undefined;
  /** Unix seconds. */
  t: number;
  ack: number;
  isNewMsg: boolean;
  isForwarded: boolean;
  star: boolean;
  notifyName: string | undefined;
  mediaData: MediaData | undefined;
  filehash: string | undefined;
  latestEditMsgKey: MsgKey | undefined;
  latestEditSenderTimestampMs: number | undefined;
  hasReaction: boolean;
  quotedStanzaID: string | undefined;
  quotedParticipant: Wid | undefined;
  quotedMsg: object | undefined;
  isViewOnce: boolean;
  kept: boolean;
  pollOptions: { name: string; localId: number }[] | undefined;
  mentionedJidList: Wid[] | undefined;
  recipients: Wid[] | undefined;
}

const MEDIA_TYPES = new Set(["image", "video", "audio", "ptt", "document", "sticker"]);

export class MsgModel extends modelOf<MsgAttributes>("msg") {
  get isSentByMe(): boolean {
    return this.id.fromMe;
  }
  get isMedia(): boolean {
    return MEDIA_TYPES.has(this.type);
  }
  get isMMS(): boolean {
    return this.isMedia;
  }
  get isNotification(): boolean {
    return this.type === "gp2";
  }
  get isStatusV3(): boolean {
    return this.id.remote.isStatusV3();
  }
  get isLink(): boolean {
    return this.subtype === "url";
  }
  /** Messages that disappear are not simulated beyond their setting. */
  isExpired(): boolean {
    return false;
  }
  updateAck(ack: number): void {
    if (ack > this.ack) this.set({ ack });
  }
  get sender(): Wid {
    return this.author ?? this.from;
  }
  get senderObj(): ContactModel {
    return noteContact(this.sender.toString());
  }

  /** The attributes of a message that quotes this one. */
  msgContextInfo(): Partial<MsgAttributes> {
    return {
      quotedMsg: { type: this.type, body: this.body },
      quotedStanzaID: this.id.id,
      quotedParticipant: this.sender,
    };
  }

  /** Ensures that the bytes are in the media store. */
  async downloadMedia(): Promise<void> {
    await this.mediaData?.download();
  }
}

class MsgCollectionImpl extends Collection<MsgModel> {
  /** Set by the module that reads the store. */
  getMessagesById: (keys: string[]) => Promise<{ messages: MsgModel[] }> = () => Promise.resolve({ messages: [] });

  /** Called for protocol messages from the server; wa-js wraps it to see revokes. */
  processMultipleMessages(_chat: Wid, _messages: object[]): Promise<void> {
    return Promise.resolve();
  }
}

export const MsgCollection = new MsgCollectionImpl(MsgModel);

/** The key of a message from this account's point of view. */
export function keyOf(wire: Pick<WireMessage, "id" | "from" | "to">): MsgKey {
  const fromMe = isMe(wire.from);
  const remote = createWid(isShared(wire.to) || fromMe ? wire.to : wire.from);
  return new MsgKey({ fromMe, remote, id: wire.id, participant: authorOf(wire) ?? null });
}

/** True for a chat that has the same id for everyone: a group, a channel or the statuses. */
function isShared(chat: string): boolean {
  return !/@(?:c\.us|lid)$/.test(chat);
}

/** The author of a message in a group, where the account has its LID, or of a status. */
function authorOf({ from, to }: Pick<WireMessage, "from" | "to">): Wid | undefined {
  if (to.endsWith("@g.us")) return createWid(isMe(from) ? me().lid : from);
  return to.endsWith("@broadcast") ? createWid(from) : undefined;
}

/** The attributes of a stored message. */
export function attributesOf(record: MessageRecord): Partial<MsgAttributes> {
  const { wire } = record;
  const ownFrom = wire.to.endsWith("@g.us") || wire.to.endsWith("@lid") ? me().lid : me().id;
  const shared = isShared(wire.to);
  return {
    id: MsgKey.fromString(record.key),
    from: createWid(record.fromMe ? ownFrom : shared ? wire.to : wire.from),
    to: createWid(record.fromMe || shared ? wire.to : wire.from.endsWith("@lid") ? me().lid : me().id),
    author: authorOf(wire),
    type: record.revoked === true ? "revoked" : messageTypeOf(wire.type),
    t: Math.floor(record.at / 1000),
    // What was received was sent: the real client has the same level for it.
    ack: record.fromMe ? record.ack : Math.max(1, record.ack),
    star: record.starred === true,
    kept: record.kept === true,
    isForwarded: wire.forwarded === true,
    notifyName: wire.pushName,
    latestEditMsgKey: record.editKey === undefined ? undefined : MsgKey.fromString(record.editKey),
    latestEditSenderTimestampMs: record.editedAt,
    hasReaction: (record.reactions ?? []).length > 0,
    mentionedJidList: wire.mentions?.map(createWid),
    ...(wire.quotedId === undefined
      ? {}
      : {
          quotedStanzaID: wire.quotedId,
          quotedParticipant: widOrUndefined(wire.quotedFrom),
          quotedMsg: { type: "chat" },
        }),
    ...(record.revoked === true ? {} : contentAttributes(wire)),
    ...(record.filehash === undefined || record.revoked === true
      ? {}
      : { filehash: record.filehash, ...fileAttributes(record), mediaData: mediaAttributes(record) }),
  };
}

define("WAWebMsgModel", { default: MsgModel });
define("WAWebMsgCollection", { MsgCollectionImpl, MsgCollection });
