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

/** The call's state as the peer's phone has it. */
export async function callState(world: World, id: string): Promise<string | undefined> {
  return (await world.perform(world.peer, "calls", {})).find((call) => call.id === id)?.state;
}

export const call: Probes = {
  enableCallInterface: {},
  offer: {
    args: ({ peer }) => [peer.chatId, { isVideo: true }],
    result: z.object({ id: z.string(), peerJid: chatId }),
    shown: async (world: World, { id }: { id: string }) => {
      world.notes.set("ownCall", id);
      return (await callState(world, id)) === "ringing";
    },
    note: "the peer's phone rings",
  },
  end: { result: yes, shown: async (world) => (await callState(world, world.note("ownCall"))) === "ended" },
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
