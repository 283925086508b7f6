/** Sending for the door: each message is accepted by our queue, and answered as the library would show it. */
import { serializedIdOf, toMessage } from "../../../compat/wppconnect/shapes.ts";
import type { Message } from "../../../contracts/message.ts";
import { sendMessage } from "../../../contracts/routes/message.ts";
import { toChatIds, type Answer, type DoorCall, type Target } from "./call.ts";

/** A message without its recipient, as our API takes it. */
export type Content = Readonly<Record<string, unknown>> & { readonly type: string };

/** The account's chat id; null before the first link. */
export async function ownOf(call: DoorCall): Promise<string | null> {
  return (await call.current()).me?.chatId ?? null;
}

/** Queues one message. */
export async function queue(call: DoorCall, to: string, content: Content): Promise<Message> {
  return call.api.call<Message>(sendMessage, { params: { session: call.session }, body: { to, ...content } });
}

/** Queues the message for each recipient, and answers as a send. */
export async function sendTo(call: DoorCall, recipients: Target, content: Content): Promise<Answer> {
  const own = await ownOf(call);
  const sent: unknown[] = [];
  for (const chatId of toChatIds(recipients)) sent.push(toMessage(await queue(call, chatId, content), own));
  return sentAs(sent);
}

export function sentAs(response: readonly unknown[]): Answer {
  return { status: 201, body: { status: "success", response, mapper: "return" } };
}

/** What the library answers where it gives an id only. */
export function sentId(message: Message): { readonly id: string; readonly ack: number } {
  return { id: serializedIdOf(message), ack: 0 };
}
