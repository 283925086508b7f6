/** WhatsApp's own words for kinds of messages, where the sandbox has others. */
import type { WireMessage } from "../../contracts/sandbox-wire.ts";

export function waTypeOf(type: WireMessage["type"]): string {
  return type === "text" ? "chat" : type === "poll" ? "poll_creation" : type === "gif" ? "video" : type;
}
