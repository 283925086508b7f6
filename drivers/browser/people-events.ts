/** Typing, presence and calls. */
import type { Whatsapp } from "@wppconnect-team/wppconnect";
import type { AddressBook } from "./address-book.ts";
import type { Reporter } from "./reporter.ts";
import { Call, Presence } from "./shapes.ts";

type Typing = "typing" | "recording" | "paused";
const STATES: Record<string, Typing> = {
  composing: "typing",
  typing: "typing",
  recording: "recording",
  recording_audio: "recording",
};

export interface PeopleParts {
  readonly reporter: Reporter;
  readonly addresses: AddressBook;
}

/** Turns the library's mixed presence events into typing and presence, each told when it changes. */
class PresenceWatch {
  readonly #parts: PeopleParts;
  readonly #typing = new Map<string, Typing>();
  readonly #online = new Map<string, boolean>();

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  take(given: unknown): void {
    const presence = Presence.safeParse(given).data;
    if (presence === undefined) return;
    if (presence.id.endsWith("@g.us")) {
      for (const participant of presence.participants ?? [])
        this.#takeTyping(presence.id, participant.id, participant.state);
      return;
    }
    this.#takeTyping(presence.id, presence.id, presence.state);
    this.#takeOnline(presence);
  }

  #takeTyping(chat: string, from: string, given: string | undefined): void {
    const state = STATES[given ?? ""] ?? "paused";
    const slot = `${chat} ${from}`;
    if ((this.#typing.get(slot) ?? "paused") === state) return;
    if (state === "paused") this.#typing.delete(slot);
    else this.#typing.set(slot, state);
    void this.#parts.reporter.tell(chat, async () => {
      const [where, who] = await this.#parts.addresses.resolveAll([chat, from]);
      return { type: "typing", chat: where!, from: who!, state };
    });
  }

  #takeOnline({ id, isOnline, state }: Presence): void {
    if (state !== "available" && state !== "unavailable") return;
    const online = isOnline ?? state === "available";
    const before = this.#online.get(id);
    if (before === online) return;
    this.#online.set(id, online);
    // Who goes was there until now.
    const lastSeen = before === true ? Date.now() : null;
    void this.#parts.reporter.tell(id, async () => ({
      type: "presence",
      who: await this.#parts.addresses.resolve(id),
      online,
      lastSeen,
    }));
  }
}

function takeCall(parts: PeopleParts, given: unknown): void {
  const call = Call.safeParse(given).data;
  if (call === undefined) return;
  void parts.reporter.tell(call.peerJid, async () => {
    const from = await parts.addresses.resolve(call.peerJid);
    return { type: "call", id: call.id, from, video: call.isVideo === true, at: call.offerTime ?? Date.now() };
  });
}

export function listenForPeople(client: Whatsapp, parts: PeopleParts): void {
  const watch = new PresenceWatch(parts);
  // The unfiltered form: the one with ids never fires, because it compares text with objects.
  client.onPresenceChanged((given: unknown) => watch.take(given));
  client.onIncomingCall((given: unknown) => takeCall(parts, given));
}
