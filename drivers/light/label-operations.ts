/** Operations on labels and lists. */
import type { WireLabel } from "../../contracts/sandbox-wire-people.ts";
import type { WireMe } from "../../contracts/sandbox-wire.ts";
import { MESSAGE_FAILURE_WORDS } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";
import { requireLabelKind } from "../label-kind.ts";
import type { LabelInfo, LabelOperations } from "../operations/labels.ts";
import type { Request } from "./requests.ts";

export function toLabelInfo({ id, kind, name, color, chats }: WireLabel): LabelInfo {
  return { id, kind, name, color, chats };
}

function notFound(what: string): DriverError {
  return new DriverError("rejected", `${MESSAGE_FAILURE_WORDS.target_not_found}: ${what}`, "target_not_found");
}

export function labelOperations(request: Request, self: () => WireMe): LabelOperations {
  const read = async (): Promise<WireLabel[]> => request("labels", {});
  return {
    listLabels: async ({ kind }) => {
      requireLabelKind(kind, self().business);
      return (await read()).filter((label) => label.kind === kind).map(toLabelInfo);
    },
    saveLabel: async ({ kind, id, name, color }) => {
      requireLabelKind(kind, self().business);
      const labels = await read();
      const known = labels.find((label) => label.id === id);
      if (id !== null && known === undefined) throw notFound(`label ${id}`);
      const given = { name: name ?? known?.name ?? "", color: color ?? known?.color ?? freeColor(labels), kind };
      return toLabelInfo(await request("setLabel", id === null ? given : { ...given, id }));
    },
    deleteLabel: async ({ kind, id }) => {
      requireLabelKind(kind, self().business);
      if ((await read()).every((label) => label.id !== id)) throw notFound(`label ${id}`);
      await request("deleteLabel", { id });
    },
    setChatLabels: async ({ kind, chatId, labels }) => {
      requireLabelKind(kind, self().business);
      const [all, chats] = await Promise.all([read(), request("chats", { limit: 1_000 })]);
      const [person] = await request("checkNumbers", { ids: [chatId] });
      const chat = chats.find(({ id }) => id === chatId || id === person?.id)?.id;
      if (chat === undefined) throw notFound(`chat ${chatId}`);
      const missing = labels.find((id) => all.every((label) => label.id !== id));
      if (missing !== undefined) throw notFound(`label ${missing}`);
      for (const label of all.filter((candidate) => candidate.kind === kind)) {
        const add = labels.includes(label.id);
        if (add !== label.chats.includes(chat)) await request("labelChats", { id: label.id, chats: [chat], add });
      }
    },
  };
}

/** The index of the first color that no label has; 0 is none, as in WhatsApp's clients. */
function freeColor(labels: readonly WireLabel[]): number {
  const used = new Set(labels.map(({ color }) => color));
  for (let color = 1; color < 20; color += 1) if (!used.has(color)) return color;
  return 1;
}
