/** Operations on labels and lists. */
import { z } from "zod";
import type { AddressBook } from "./address-book.ts";
import { requireLabelKind } from "../label-kind.ts";
import type { LabelInfo, LabelKind, LabelOperations } from "../operations/labels.ts";
import type { Handlers } from "./handlers.ts";
import type { PageCalls } from "./page-calls.ts";

const Nothing = z.unknown();
const Labels = z.object({
  isBusiness: z.boolean(),
  labels: z.array(z.object({ id: z.string(), name: z.string(), color: z.number(), chats: z.array(z.string()) })),
});

interface Readers {
  readonly page: PageCalls;
  readonly addresses: AddressBook;
}

/** Runs in the page. Reads one label, or all when the id is null. */
function readAll(id: string | null): z.infer<typeof Labels> {
  interface Label {
    readonly id: unknown;
    readonly name?: string;
    readonly colorIndex?: number;
    readonly labelItemCollection: { getModelsArray(): { readonly parentId: unknown }[] };
  }
  const { LabelStore } = WPP.whatsapp;
  const found = LabelStore.getModelsArray() as unknown as Label[];
  return {
    isBusiness: WPP.profile.isBusiness() === true,
    labels: found
      .filter((label) => id === null || String(label.id) === id)
      .map((label) => ({
        id: String(label.id),
        name: label.name ?? "",
        color: label.colorIndex ?? 0,
        chats: label.labelItemCollection.getModelsArray().map(({ parentId }) => String(parentId)),
      })),
  };
}

/** The account's labels, or its lists; one of them when the id is given. */
export async function readLabels(
  { page, addresses }: Readers,
  id: string | null,
): Promise<{ isBusiness: boolean; labels: LabelInfo[] }> {
  const { isBusiness, labels } = await page.run(Labels, readAll, id);
  const kind: LabelKind = isBusiness ? "label" : "list";
  const named = labels.map(async (label) => ({ ...label, kind, chats: await addresses.nameAll(label.chats) }));
  return { isBusiness, labels: await Promise.all(named) };
}

/** Runs in the page; returns the id. */
async function save(given: { kind: LabelKind; id: string | null; name?: string; color?: number }): Promise<string> {
  const { kind, id, name, color } = given;
  if (kind === "label") {
    const label =
      id === null
        ? await WPP.labels.addNewLabel(name ?? "", color === undefined ? {} : { labelColor: String(color) })
        : await WPP.labels.editLabel(id, {
            ...(name === undefined ? {} : { name }),
            ...(color === undefined ? {} : { labelColor: String(color) }),
          });
    return String(label.id);
  }
  if (id === null) return WPP.lists.create(name ?? "", [], color);
  const before = WPP.whatsapp.LabelStore.get(id);
  if (color === undefined) await WPP.lists.rename(id, name ?? "");
  else {
    const { functions } = WPP.whatsapp;
    const edit = functions as unknown as {
      labelEditAction(id: string, name: string, predefined: unknown, color: number): Promise<void>;
    };
    await edit.labelEditAction(id, name ?? before?.name ?? "", undefined, color);
  }
  return id;
}

/** Runs in the page. */
async function setChatLabels(given: { kind: LabelKind; chatId: string; labels: readonly string[] }): Promise<void> {
  const { kind, chatId, labels } = given;
  const fail = (code: string): never => {
    throw Object.assign(new Error(chatId), { code });
  };
  const { LabelStore } = WPP.whatsapp;
  const chat = WPP.chat.get(chatId);
  if (chat === undefined || labels.some((id) => LabelStore.get(id) === undefined)) return fail("chat_not_found");
  const now = ((chat as unknown as { labels?: unknown[] }).labels ?? []).map(String);
  const added = labels.filter((id) => !now.includes(id));
  const removed = now.filter((id) => !labels.includes(id));
  if (kind === "label") {
    const changes = [
      ...added.map((labelId) => ({ labelId, type: "add" as const })),
      ...removed.map((labelId) => ({ labelId, type: "remove" as const })),
    ];
    if (changes.length > 0) await WPP.labels.addOrRemoveLabels(chatId, changes);
    return;
  }
  for (const id of added) await WPP.lists.addChats(id, [chatId]);
  for (const id of removed) await WPP.lists.removeChats(id, [chatId]);
}

/** The labels, after a check that the account has this kind. */
async function labelsOfKind(readers: Readers, kind: LabelKind): Promise<LabelInfo[]> {
  const { isBusiness, labels } = await readLabels(readers, null);
  requireLabelKind(kind, isBusiness);
  return labels;
}

export const LABEL_HANDLERS: Pick<Handlers, keyof LabelOperations> = {
  listLabels: (client, { kind }) => labelsOfKind(client, kind),
  saveLabel: async (client, given) => {
    const { page } = client;
    await labelsOfKind(client, given.kind);
    if (given.id !== null) await page.run(Nothing, requireLabel, given.id);
    const id = await page.run(z.string(), save, given);
    const [label] = (await readLabels(client, id)).labels;
    return label ?? { id, kind: given.kind, name: given.name ?? "", color: given.color ?? 0, chats: [] };
  },
  deleteLabel: async (client, { kind, id }) => {
    const { page } = client;
    await labelsOfKind(client, kind);
    await page.run(Nothing, requireLabel, id);
    if (kind === "label") await page.run(Nothing, (label) => WPP.labels.deleteLabel(label), id);
    else await page.run(Nothing, (list) => WPP.lists.remove(list), id);
  },
  setChatLabels: async (client, given) => {
    await labelsOfKind(client, given.kind);
    await client.page.run(Nothing, setChatLabels, given);
  },
};

/** Runs in the page. */
function requireLabel(id: string): void {
  if (WPP.whatsapp.LabelStore.get(id) === undefined) throw Object.assign(new Error(id), { code: "chat_not_found" });
}
