/** Operations on statuses. */
import { z } from "zod";
import type { StatusOperations } from "../operations/statuses.ts";
import { targetNotFound } from "../target-key.ts";
import type { Handlers } from "./handlers.ts";
import type { PageCalls } from "./page-calls.ts";
import { Serialized } from "./shapes.ts";

const Nothing = z.unknown();
const Status = z.object({
  id: z.string(),
  from: z.string(),
  own: z.boolean(),
  kind: z.string(),
  text: z.string().nullable(),
  at: z.number(),
});
const Viewers = z.array(z.object({ id: Serialized, readAt: z.number().nullish() }));

/** Runs in the page. */
function readStatuses(): z.infer<typeof Status>[] {
  interface Message {
    readonly id: { readonly id: string; readonly fromMe: boolean };
    readonly type?: string;
    readonly body?: string;
    readonly caption?: string;
    readonly t?: number;
  }
  const people = WPP.whatsapp.StatusV3Store.getModelsArray() as unknown as {
    readonly id: { toString(): string };
    readonly msgs: { getModelsArray(): Message[] };
  }[];
  return people
    .flatMap((person) =>
      person.msgs.getModelsArray().map(({ id, type = "", body, caption, t = 0 }) => ({
        id: id.id,
        from: person.id.toString(),
        own: id.fromMe,
        kind: type,
        text: (type === "chat" ? body : caption) ?? null,
        at: t * 1000,
      })),
    )
    .filter(({ kind }) => kind !== "revoked")
    .toSorted((one, other) => one.at - other.at);
}

/** Runs in the page: the key of an own status; null when there is none. */
async function ownKey(id: string): Promise<string | null> {
  const { msgs } = (await WPP.status.getMyStatus()) as unknown as {
    readonly msgs: { getModelsArray(): { readonly id: { readonly id: string; toString(): string } }[] };
  };
  return (
    msgs
      .getModelsArray()
      .find((message) => message.id.id === id)
      ?.id.toString() ?? null
  );
}

async function requireOwn(page: PageCalls, id: string): Promise<string> {
  const key = await page.run(z.string().nullable(), ownKey, id);
  if (key === null) throw targetNotFound();
  return key;
}

/** Runs in the page. */
async function view({ chatId, id }: { chatId: string; id: string }): Promise<void> {
  const { ApiContact, StatusV3Store, WidFactory } = WPP.whatsapp;
  const wid = WidFactory.createWid(chatId);
  const other = wid.isLid() ? ApiContact.getPhoneNumber(wid) : ApiContact.getCurrentLid(wid);
  for (const person of [wid, other]) {
    const statuses = person ? StatusV3Store.get(person.toString()) : undefined;
    const found = statuses?.msgs.getModelsArray().find((message) => message.id.id === id);
    if (found === undefined || person === undefined) continue;
    await WPP.status.sendReadStatus(person.toString(), found.id.toString());
    return;
  }
  throw Object.assign(new Error(id), { code: "msg_not_found" });
}

export const STATUS_HANDLERS: Pick<Handlers, keyof StatusOperations> = {
  listStatuses: async ({ page, addresses }) => {
    const statuses = await page.run(z.array(Status), readStatuses, undefined);
    const people = await addresses.resolveAll(statuses.map(({ from }) => from));
    return statuses.map((status, index) => ({ ...status, from: people[index]! }));
  },
  viewStatus: async ({ page }, given) => {
    await page.run(Nothing, view, given);
  },
  deleteStatus: async ({ page }, { id }) => {
    await page.run(Nothing, (key) => WPP.status.remove(key), await requireOwn(page, id));
  },
  listStatusViewers: async ({ page, addresses }, { id }) => {
    const key = await requireOwn(page, id);
    const { participants } = await page.run(
      z.object({ participants: Viewers }),
      (status) => WPP.chat.getMessageACK(status),
      key,
    );
    const viewers = participants.filter(({ readAt }) => Boolean(readAt));
    const people = await addresses.resolveAll(viewers.map((viewer) => viewer.id));
    return viewers.map(({ readAt }, index) => ({ viewer: people[index]!, at: readAt! * 1000 }));
  },
};
