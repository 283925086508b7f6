/** wppconnect's client: what it reports of what phones do. */
import type * as Wpp from "@wppconnect/wa-js";
import { z } from "zod";
import type { Probe, Probes } from "../probe.ts";
import { chatId, messageKey } from "../shapes.ts";
import { TENANT, type World } from "../world.ts";

/** wa-js, in the page. */
declare const WPP: typeof Wpp;

const id = z.looseObject({ _serialized: chatId });
const key = z.looseObject({ _serialized: messageKey });

/** A listener; what is heard has this shape after the act. */
function hears(result: z.ZodType, act: (world: World) => Promise<unknown>, more: Partial<Probe> = {}): Probe {
  return { args: (_world, heard) => [heard], result, act, ...more };
}

function write(text: string) {
  return (world: World): Promise<string> => world.send(world.peer, world.personal.phone, { text });
}

/** The peer refers to a message of its own, or of the account. */
function refer(type: string, name: string, more: object = {}) {
  return async (world: World): Promise<void> => {
    await world.send(world.peer, world.personal.phone, { type, target: world.note(name).split("_")[2], ...more });
  };
}

/** Cuts the connection of the account; resolves when the page is connected again. */
async function cut({ sandbox, personal }: World): Promise<void> {
  const isConnected = (expected: boolean) =>
    personal.page.waitForFunction(
      (wanted) => (WPP.whatsapp.Socket.state === "CONNECTED") === wanted,
      { polling: 20 },
      expected,
    );
  const lost = isConnected(false);
  await sandbox.faults.set(TENANT, personal.phone.phone.slice(1), {
    latencyMs: 0,
    ackDelayMs: 0,
    dropAcks: false,
    failSends: false,
    disconnect: 300,
    duplicate: false,
    failLinks: false,
    unlink: null,
  });
  await lost;
  await isConnected(true);
}

const message = z.looseObject({ id: messageKey, body: z.string() });

export const clientListening: Probes = {
  onMessage: hears(message, write("heard by onMessage")),
  onAnyMessage: hears(message, write("heard by onAnyMessage")),
  onMessageEdit: hears(z.looseObject({ id: messageKey }), refer("edit", "text", { text: "edited by the peer" })),
  onReactionMessage: hears(
    z.looseObject({ reactionText: z.literal("🙂") }),
    refer("reaction", "sentText", { text: "🙂" }),
  ),
  onPollResponse: hears(
    z.looseObject({ msgId: key, selectedOptions: z.array(z.unknown()) }),
    refer("poll_vote", "sentPoll", { options: ["two"] }),
  ),
  onRevokedMessage: hears(z.looseObject({ refId: messageKey }), refer("revoke", "toDelete")),
  onAck: hears(z.tuple([z.looseObject({ ack: z.literal(3) })], z.unknown()), async (world) => {
    await world.personal.client.sendText(world.peer.chatId, "to be read");
    await world.sandbox.phones.read(TENANT, world.peer.phone, world.personal.phone.phone, false);
  }),
  onPresenceChanged: hears(z.looseObject({ id, state: z.literal("composing") }), (world) =>
    world.sandbox.phones.type(TENANT, world.peer.phone, world.personal.phone.phone, "typing"),
  ),
  subscribePresence: { args: ({ third }) => [third.chatId], result: z.int().min(0) },
  unsubscribePresence: { args: ({ third }) => [third.chatId], result: z.int().min(0) },
  onNewChat: hears(z.unknown(), (world) => world.send(world.stranger, world.personal.phone, { text: "a new chat" })),
  onIncomingCall: hears(z.unknown(), (world) =>
    world.sandbox.phones.call(TENANT, world.peer.phone, world.personal.phone.phone, true),
  ),
  onAddedToGroup: hears(z.looseObject({ id }), async (world) => {
    const { group } = await world.perform(world.peer, "createGroup", { name: "Added", participants: [] });
    const participants = [world.personal.phone.chatId];
    await world.perform(world.peer, "changeParticipants", { groupId: group.id, action: "add", participants });
  }),
  onParticipantsChanged: hears(z.looseObject({ groupId: z.string(), who: z.array(z.string()).length(1) }), (world) =>
    world.perform(world.peer, "changeParticipants", {
      groupId: world.note("peersGroup2"),
      action: "add",
      participants: [world.third.chatId],
    }),
  ),
  onNotificationMessage: hears(z.looseObject({ type: z.literal("gp2") }), (world) =>
    world.perform(world.peer, "updateGroup", { groupId: world.note("peersGroup2"), name: "Renamed by the peer" }),
  ),
  onLiveLocation: hears(z.looseObject({ type: z.literal("enable"), lat: z.number() }), (world) =>
    world.shareLocation(world.peer, world.personal.phone),
  ),
  onUpdateLabel: hears(
    z.looseObject({ type: z.literal("add") }),
    async (world) => {
      const label = await world.perform(world.business.phone, "setLabel", { name: "By the phone", color: 1 });
      await world.perform(world.business.phone, "labelChats", { id: label.id, chats: [world.peer.chatId], add: true });
    },
    { by: "business" },
  ),
  onOrderStatusUpdate: hears(z.looseObject({ method: z.literal("pix") }), (world) => world.payOrder()),
  onBackendEvent: hears(z.unknown(), write("causes an event of the backend")),
  onStateChange: hears(z.literal("CONNECTED"), cut, { seconds: 10 }),
  onStreamChange: hears(z.unknown(), cut, { seconds: 10 }),
  onStreamModeChanged: hears(z.literal("MAIN"), cut, { seconds: 10 }),
  onStreamInfoChanged: hears(z.literal("NORMAL"), cut, { seconds: 10 }),
  onInterfaceChange: hears(z.looseObject({ mode: z.literal("MAIN") }), cut, { seconds: 10 }),
};
