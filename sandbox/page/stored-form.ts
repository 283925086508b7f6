/** The form in which messages from the server are stored. */
import type { WireMessage } from "../../contracts/sandbox-wire.ts";
import { bytesOf, filehashOf } from "./media.ts";
import { thumbnailOf } from "./thumbnails.ts";
import { keyOf } from "./message-models.ts";
import type { MediaRecord, MessageRecord } from "./storage.ts";

/** Converts a message from the wire to its stored form; the bytes of its media are stored separately. */
export async function storedForm(wire: WireMessage): Promise<{ record: MessageRecord; media: MediaRecord[] }> {
  const key = keyOf(wire);
  const record: MessageRecord = {
    key: key.toString(),
    chat: key.remote.toString(),
    id: wire.id,
    at: wire.at,
    fromMe: key.fromMe,
    ack: key.fromMe ? 1 : 0,
    wire,
  };
  if (wire.media === undefined) return { record, media: [] };
  const stripped = { ...wire, media: { ...wire.media, data: "" } };
  if (wire.media.data === "")
    return { record: { ...record, wire: stripped, filehash: `${wire.from}/${wire.id}` }, media: [] };
  const bytes = bytesOf(wire.media.data);
  const filehash = await filehashOf(bytes);
  const thumbnail = wire.type === "image" && wire.viewOnce !== true ? await thumbnailOf(bytes) : undefined;
  return {
    record: { ...record, wire: stripped, filehash, ...(thumbnail === undefined ? {} : { thumbnail }) },
    media: [{ filehash, mimetype: wire.media.mimetype, bytes }],
  };
}
