/** Typing, presence and calls. */
import type { UnknownShapes } from "../unknown-shapes.ts";
import type { AddressBook } from "./address-book.ts";
import type { EventReporter } from "./event-reporter.ts";
import { parsePayload } from "./parsing.ts";
import { Call, Presence } from "./shapes.ts";

type Typing = "typing" | "recording" | "paused";
const TYPING_STATES: Record<string, Typing> = {
  composing: "typing",
  typing: "typing",
  recording: "recording",
  recording_audio: "recording",
  available: "paused",
  unavailable: "paused",
  paused: "paused",
};

export interface PeopleParts {
  readonly reporter: EventReporter;
  readonly unknown: UnknownShapes;
  readonly addresses: AddressBook;
}

/** Turns the library's mixed presence events into typing and presence, each reported when it changes. */
export class PresenceChanges {
  readonly #parts: PeopleParts;
  readonly #typing = new Map<string, Typing>();
  readonly #online = new Map<string, boolean>();

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  handle(payload: unknown): void {
    const presence = parsePayload(Presence, payload, this.#parts.unknown, "onPresenceChanged");
    if (presence === undefined) return;
    if (presence.id.endsWith("@g.us")) {
      for (const participant of presence.participants ?? [])
        this.#handleTyping(presence.id, participant.id, participant.state);
      return;
    }
    this.#handleTyping(presence.id, presence.id, presence.state);
    this.#handleOnline(presence);
  }

  #handleTyping(chat: string, from: string, given: string | undefined): void {
    const known = given === undefined ? "paused" : TYPING_STATES[given];
    if (given !== undefined && known === undefined) this.#parts.unknown.noteName("presence state", given);
    const state = known ?? "paused";
    const slot = `${chat} ${from}`;
    if ((this.#typing.get(slot) ?? "paused") === state) return;
    if (state === "paused") this.#typing.delete(slot);
    else this.#typing.set(slot, state);
    void this.#parts.reporter.report(chat, async () => {
      const [where, who] = await this.#parts.addresses.resolveAll([chat, from]);
      return { type: "typing", chat: where!, from: who!, state };
    });
  }

  #handleOnline({ id, isOnline, state }: Presence): void {
    if (state !== "available" && state !== "unavailable") return;
    const online = isOnline ?? state === "available";
    const before = this.#online.get(id);
    if (before === online) return;
    this.#online.set(id, online);
    // A person who goes offline was last seen now.
    const lastSeen = before === true ? Date.now() : null;
    void this.#parts.reporter.report(id, async () => ({
      type: "presence",
      who: await this.#parts.addresses.resolve(id),
      online,
      lastSeen,
    }));
  }
}

export function handleCall(parts: PeopleParts, payload: unknown): void {
  const call = parsePayload(Call, payload, parts.unknown, "onIncomingCall");
  if (call === undefined) return;
  void parts.reporter.report(call.peerJid, async () => {
    const from = await parts.addresses.resolve(call.peerJid);
    return { type: "call", id: call.id, from, video: call.isVideo === true, at: call.offerTime ?? Date.now() };
  });
}
