/** Who is online and who is typing, and sending our own state. */
import type { LiveEvent } from "../../contracts/sandbox-wire.ts";
import { define } from "./loader.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

interface ChatstateAttributes {
  id: Wid;
  type: string | undefined;
  /** When they were last seen, in Unix seconds. */
  t: number | undefined;
  deny: boolean;
}
export class ChatstateModel extends modelOf<ChatstateAttributes>("chatstate") {}

interface PresenceAttributes {
  id: Wid;
  isOnline: boolean;
  hasData: boolean;
}

export class PresenceModel extends modelOf<PresenceAttributes>("presence") {
  readonly chatstate = new ChatstateModel({ deny: false });
  readonly chatstates = new Collection(ChatstateModel);

  get isUser(): boolean {
    return this.id.isUser();
  }
  get isGroup(): boolean {
    return this.id.isGroup();
  }

  /** Loads the presence, and subscribes to its changes. */
  async subscribe(): Promise<void> {
    if (!this.isUser) return;
    const { online, lastSeen } = await ask("getPresence", { who: this.id.toString() });
    await ask("subscribePresence", { who: [this.id.toString()] });
    this.chatstate.set({ t: lastSeen === null ? undefined : Math.floor(lastSeen / 1000) });
    this.set({ isOnline: online, hasData: true });
  }

  delete(): void {
    PresenceCollection.remove(this.id);
  }
}

class PresenceCollectionClass extends Collection<PresenceModel> {
  async find(id: Wid | string): Promise<PresenceModel> {
    const presence = presenceOf(String(id));
    await presence.subscribe();
    return presence;
  }
}

export const PresenceCollection = new PresenceCollectionClass(PresenceModel);

/** Returns the presence of a chat; creates it if needed. */
export function presenceOf(id: string): PresenceModel {
  return (
    PresenceCollection.get(id) ??
    PresenceCollection.add(new PresenceModel({ id: createWid(id), isOnline: false, hasData: false }))[0]!
  );
}

const CHATSTATES = { typing: "composing", recording: "recording", paused: "available" } as const;

/** Applies a presence or typing event. `change:chatstate.type` is triggered even if the state stays the same. */
export function receivePresence(event: Extract<LiveEvent, { type: "typing" | "presence" }>): void {
  const presence = presenceOf(event.type === "typing" ? event.chat : event.who);
  presence.set({ hasData: true });
  if (event.type === "presence") {
    presence.chatstate.set({ t: event.lastSeen === null ? undefined : Math.floor(event.lastSeen / 1000) });
    presence.set({ isOnline: event.online });
    presence.chatstate.set({ type: event.online ? "available" : "unavailable" });
  } else if (presence.isGroup) {
    const participant =
      presence.chatstates.get(event.from) ??
      presence.chatstates.add(new ChatstateModel({ id: createWid(event.from), deny: false }))[0]!;
    participant.set({ type: CHATSTATES[event.state] });
    presence.chatstate.set({ type: CHATSTATES[event.state] });
  } else {
    presence.chatstate.set({ type: CHATSTATES[event.state] });
  }
  PresenceCollection.trigger("change:chatstate.type", presence.chatstate);
}

interface ChatReference {
  id: Wid;
}
function sendChatState(state: "typing" | "recording" | "paused") {
  return (chat: ChatReference) => ask("typing", { chat: chat.id.toString(), state });
}

/** The old form of the actions, which wppconnect uses. */
function sendStateOf(state: "typing" | "recording" | "paused") {
  return (id: Wid) => ask("typing", { chat: id.toString(), state });
}

define("WAWebChatStateBridge", {
  sendChatStateComposing: sendStateOf("typing"),
  sendChatStateRecording: sendStateOf("recording"),
  sendChatStatePaused: sendStateOf("paused"),
});
define("WAWebPresenceCollection", { PresenceCollection });
define("WAWebPresenceModel", { Presence: PresenceModel, Chatstate: ChatstateModel });
define("WAWebChatPresenceAction", {
  markComposing: sendChatState("typing"),
  markRecording: sendChatState("recording"),
  markPaused: sendChatState("paused"),
});
define("WAWebContactPresenceBridge", {
  subscribeUserPresence: (wid: Wid) => presenceOf(wid.toString()).subscribe(),
  subscribeGroupPresence: () => undefined,
});
