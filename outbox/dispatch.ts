/** Dispatch: hands a claimed message to its session. It never throws: every failure is an outcome. */
import { fromStoredContent, isMediaKind, type Content } from "../contracts/message-kinds.ts";
import type { StoredMedia } from "../contracts/media.ts";
import type { OutboundMessage, SessionRun } from "../contracts/transport.ts";
import type { MessageRow } from "../db/rows/message.ts";
import { failedOutcome, sentOutcome, subjectOf, type Outcome } from "./outcome.ts";
import type { SendQueuesOptions } from "./session-port.ts";

type Port = Pick<SendQueuesOptions, "sessions" | "findMedia">;

/** Sends the message and returns the outcome. */
export async function dispatchMessage(port: Port, run: SessionRun, row: MessageRow): Promise<Outcome> {
  try {
    const needsMedia = isMediaKind(row.type);
    const media = needsMedia ? await findMedia(port, row) : null;
    if (media === undefined)
      return { ...subjectOf(run, row), kind: "rejected", failure: "media_missing", detail: "the stored media is gone" };
    const message = toOutbound(row, fromStoredContent(row, media));
    const receipt = await port.sessions.send(row.session_id, message);
    return sentOutcome(run, row, receipt);
  } catch (error) {
    return failedOutcome(run, row, error);
  }
}

async function findMedia(port: Port, row: MessageRow): Promise<StoredMedia | undefined> {
  return row.media_id === null ? undefined : port.findMedia(row.tenant_id, row.media_id);
}

function toOutbound(row: MessageRow, content: Content<StoredMedia>): OutboundMessage {
  return {
    waId: row.wa_id,
    to: row.chat_id,
    content,
    ...(row.reply_to === null || row.target_key === null ? {} : { quoted: row.target_key }),
    ...(row.mentions === null ? {} : { mentions: JSON.parse(row.mentions) as string[] }),
  };
}
