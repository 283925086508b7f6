/** Operations on messages other than sending. */
import type { WireMe } from "../../contracts/sandbox-wire.ts";
import type { MessageOperations } from "../operations/messages.ts";
import { requireKey } from "../target-key.ts";
import { senderOf } from "./keys.ts";
import type { Request } from "./requests.ts";

export function messageOperations(request: Request, self: () => WireMe): MessageOperations {
  const referenceTo = (text: string) => {
    const key = requireKey(text);
    return { chat: key.chat, from: senderOf(self(), key), id: key.id };
  };
  return {
    pinMessage: async ({ key, seconds }) => {
      await request("pinMessage", { ...referenceTo(key), seconds });
    },
    keepMessage: async ({ key, keep }) => {
      await request("keepMessage", { ...referenceTo(key), keep });
    },
    setDisappearing: async ({ chatId, seconds }) => {
      await request("setEphemeral", { chat: chatId, seconds });
    },
  };
}
