/** Events in the bodies of wppconnect-server's webhooks: flat, with `event` and `session` in front. */
import QRCode from "qrcode";
import type { EventEnvelope } from "../../contracts/events.ts";
import type { SessionReason } from "../../contracts/states.ts";
import { NAME_METADATA } from "./names.ts";
import { ackOf, secondsOf, toKeyFields, toMessage, toWid, type Fields } from "./shapes.ts";

export interface EventSession {
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** The account's chat id; null before the first link. */
  readonly own: string | null;
}

/** Our events that have a body there. */
export const WPPCONNECT_EVENTS = [
  "session.qr",
  "session.pairing_code",
  "session.connected",
  "session.disconnected",
  "session.logged_out",
  "session.failed",
  "message.received",
  "message.sent",
  "message.delivered",
  "message.read",
  "message.played",
  "message.failed",
  "message.reaction",
  "message.revoked",
  "message.poll_vote",
  "presence.online",
  "presence.offline",
  "typing.start",
  "typing.stop",
  "group.participants",
  "label.updated",
  "call.received",
] as const;
type Known = (typeof WPPCONNECT_EVENTS)[number];

type Of<T extends Known> = Extract<EventEnvelope, { type: T }>;
type Written = Fields | Promise<Fields> | null;
type Writers = { readonly [T in Known]: (event: Of<T>, session: EventSession) => Written };

/** Why a start or a connection ended, in that server's words. */
function statusFind(reason: SessionReason): string {
  if (reason === "qr_expired") return "autocloseCalled";
  if (reason === "logged_out_on_phone") return "disconnectedMobile";
  if (reason === "browser_died" || reason === "page_crashed") return "browserClose";
  return "serverClose";
}

type Step = Of<"message.delivered">["data"];

function ack({ waId, chatId, status, type }: Step, at: string, { own }: EventSession): Fields {
  return {
    event: "onack",
    id: toKeyFields(`true_${chatId}_${waId}`),
    body: "",
    type: type === "text" ? "chat" : type,
    t: secondsOf(at),
    from: toWid(own ?? ""),
    to: toWid(chatId),
    self: "out",
    ack: ackOf(status),
  };
}

function presence(chatId: string, state: string, at: string): Fields {
  const isGroup = chatId.endsWith("@g.us");
  return {
    event: "onpresencechanged",
    id: chatId,
    isOnline: state !== "unavailable",
    isGroup,
    isUser: !isGroup,
    state,
    t: Date.parse(at),
  };
}

type Typing = Of<"typing.start"> | Of<"typing.stop">;

function typing({ data, at }: Pick<Typing, "data" | "at">): Fields {
  const state = data.state === "typing" ? "composing" : data.state === "recording" ? "recording" : "available";
  const fields = presence(data.chat.chatId, state, at);
  if (fields["isGroup"] !== true) return fields;
  return { ...fields, participants: [{ id: data.from.chatId, state, shortName: "" }] };
}

const writers: Writers = {
  "session.qr": async ({ data }) => {
    const picture = await QRCode.toDataURL(data.qr);
    return { event: "qrcode", qrcode: picture.slice(picture.indexOf(",") + 1), urlcode: data.qr };
  },
  "session.pairing_code": ({ data }) => ({ event: "phoneCode", phoneCode: data.code }),
  "session.connected": () => ({ event: "status-find", status: "inChat" }),
  "session.disconnected": ({ data }, { name }) =>
    data.state === "stopped"
      ? { event: "closesession", message: `Session: ${name} disconnected`, connected: false }
      : { event: "status-find", status: statusFind(data.reason) },
  "session.logged_out": ({ data }, { name }) =>
    data.reason === "logged_out_on_phone"
      ? { event: "status-find", status: statusFind(data.reason) }
      : { event: "logoutsession", message: `Session: ${name} logged out`, connected: false },
  "session.failed": ({ data }) => ({ event: "status-find", status: statusFind(data.reason) }),
  "message.received": ({ data }, { own }) => ({ event: "onmessage", ...toMessage(data.message, own) }),
  "message.sent": ({ data, at }, session) =>
    "message" in data ? { event: "onselfmessage", ...toMessage(data.message, session.own) } : ack(data, at, session),
  "message.delivered": ({ data, at }, session) => ack(data, at, session),
  "message.read": ({ data, at }, session) => ack(data, at, session),
  "message.played": ({ data, at }, session) => ack(data, at, session),
  "message.failed": ({ data, at }, session) => ack(data, at, session),
  "message.reaction": ({ data }) => ({
    event: "onreactionmessage",
    id: toKeyFields(data.key),
    msgId: toKeyFields(data.key),
    reactionText: data.emoji,
    read: false,
    orphan: data.messageId === null ? 1 : 0,
    orphanReason: null,
    timestamp: Date.parse(data.at),
  }),
  "message.revoked": ({ data }, { own }) => ({
    event: "onrevokedmessage",
    author: data.by?.chatId ?? null,
    from: data.chatId,
    to: own ?? "",
    id: data.key,
    refId: data.key,
  }),
  "message.poll_vote": ({ data }) => ({
    event: "onpollresponse",
    msgId: toKeyFields(data.key),
    chatId: data.chatId,
    selectedOptions: data.options.map((name) => ({ name })),
    timestamp: Date.parse(data.at),
    sender: data.from.chatId,
  }),
  "presence.online": ({ data, at }) => ("who" in data ? presence(data.who.chatId, "available", at) : null),
  "presence.offline": ({ data, at }) => ("who" in data ? presence(data.who.chatId, "unavailable", at) : null),
  "typing.start": typing,
  "typing.stop": typing,
  "group.participants": ({ data }) => ({
    event: "onparticipantschanged",
    groupId: data.groupId,
    by: data.by?.chatId,
    action: data.action,
    operation: data.action,
    who: data.who.map(({ chatId }) => chatId),
  }),
  "label.updated": ({ data: { label, deleted } }) => ({
    event: "onupdatelabel",
    ids: [label.id],
    labels: [{ id: label.id, name: label.name, color: label.color }],
    chats: label.chats,
    type: deleted ? "remove" : "add",
  }),
  "call.received": ({ data }) => ({
    event: "incomingcall",
    id: data.id,
    peerJid: data.from.chatId,
    offerTime: secondsOf(data.at),
    isVideo: data.video,
    isGroup: false,
    groupJid: null,
    participants: [],
  }),
};

/** The name that the session's clients use. */
export function shownName({ name, metadata }: Pick<EventSession, "name" | "metadata">): string {
  return metadata[NAME_METADATA] ?? name;
}

/** The body of an event; null when wppconnect-server has none for it. */
export async function toWppconnect(envelope: EventEnvelope, session: EventSession): Promise<Fields | null> {
  const write = (writers as Partial<Record<string, (event: EventEnvelope, session: EventSession) => Written>>)[
    envelope.type
  ];
  const written = (await write?.(envelope, session)) ?? null;
  if (written === null) return null;
  const { event, ...fields } = written;
  return { event, session: shownName(session), ...fields };
}
