/** `WPP.call`. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, yes } from "../shapes.ts";
import { TENANT, type World } from "../world.ts";

/** The peer calls the account; the call's id is noted. */
export async function ring(world: World, name: string): Promise<void> {
  const { id } = await world.sandbox.phones.call(TENANT, world.peer.phone, world.personal.phone.phone, false);
  world.notes.set(name, id);
}

/** The call's state as a phone has it, by default the peer's. */
export async function callState(world: World, id: string, phone = world.peer): Promise<string | undefined> {
  return (await world.perform(phone, "calls", {})).find((call) => call.id === id)?.state;
}

export const call: Probes = {
  enableCallInterface: {},
  offer: {
    args: ({ third }) => [third.chatId, { isVideo: true }],
    result: z.object({ id: z.string(), peerJid: chatId }),
    shown: async (world: World, { id }: { id: string }) => {
      world.notes.set("ownCall", id);
      return (await callState(world, id, world.third)) === "ringing";
    },
    note: "the other phone rings",
  },
  end: {
    result: yes,
    shown: async (world) => (await callState(world, world.note("ownCall"), world.third)) === "ended",
  },
  accept: {
    args: (world) => [world.note("call1")],
    result: yes,
    shown: async (world) => (await callState(world, world.note("call1"))) === "accepted",
  },
  reject: {
    args: (world) => [world.note("call2")],
    result: yes,
    shown: async (world) => (await callState(world, world.note("call2"))) === "rejected",
  },
  rejectCall: {
    args: (world) => [world.note("call3")],
    result: yes,
    shown: async (world) => (await callState(world, world.note("call3"))) === "rejected",
  },
};
