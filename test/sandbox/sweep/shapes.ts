/** What results look like, and what is commonly shown. */
import { z } from "zod";
import type { SandboxItem } from "../../../contracts/sandbox.ts";
import { mediaFile, PNG, WEBP } from "../../harness/media-files.ts";
import type { World } from "./world.ts";

export const chatId = z.string().regex(/^[\d-]+@(?:c\.us|g\.us|lid|newsletter|broadcast)$|^status@broadcast$/);
export const messageKey = z.string().regex(/^(?:true|false)_/);
export const nothing = z.undefined();
export const yes = z.literal(true);

/** What wa-js returns of a message that the server has accepted. */
export const sent = z.object({ id: messageKey, ack: z.int().min(1) });
/** What wppconnect returns of one: the message itself, in the library's form. */
export const message = z.looseObject({
  id: messageKey,
  ack: z.int().min(0),
  type: z.string(),
  from: chatId,
  to: chatId,
});

export const DATA = {
  png: `data:image/png;base64,${PNG.toString("base64")}`,
  webp: `data:image/webp;base64,${WEBP.toString("base64")}`,
  gif: `data:image/gif;base64,${mediaFile("anim.gif").toString("base64")}`,
  video: `data:video/mp4;base64,${mediaFile("clip.mp4").toString("base64")}`,
  voice: `data:audio/ogg;base64,${mediaFile("voice.ogg").toString("base64")}`,
  document: `data:application/pdf;base64,${Buffer.from("%PDF-1.4\n").toString("base64")}`,
} as const;

/** A blob as an argument, which is made in the page. */
export const BLOB = { blob: PNG.toString("base64"), type: "image/png" };

/** The id of a result: a message's key, or an object with one. */
function keyOf(result: unknown): string {
  return typeof result === "string" ? result : (result as { id: string }).id;
}

/** The peer's phone has received the message that was sent, and it looks like this. */
export function delivered(looks: (item: SandboxItem) => boolean = () => true) {
  return async (world: World, result: never): Promise<boolean> => {
    const item = await world.item(world.peer, keyOf(result));
    if (item === undefined) throw new Error(`the peer has not received ${keyOf(result)}`);
    if (!looks(item)) throw new Error(`the peer sees ${JSON.stringify(item).slice(0, 300)}`);
    return true;
  };
}

/** Keeps a value of the result, by a name, for later probes. */
export function keeps(name: string, pick: (result: never) => string) {
  return (world: World, result: never): true => {
    world.notes.set(name, pick(result));
    return true;
  };
}

/** Keeps it, and then shows something. */
export function keepsAndShows(
  name: string,
  pick: (result: never) => string,
  shown: (world: World, result: never) => unknown,
) {
  return (world: World, result: never): unknown => {
    world.notes.set(name, pick(result));
    return shown(world, result);
  };
}
