/** Operations on statuses. */
import { randomBytes } from "node:crypto";
import { STATUS_CHAT } from "../../contracts/address.ts";
import type { WireMe, WireMessage } from "../../contracts/sandbox-wire.ts";
import type { StatusInfo, StatusOperations } from "../operations/statuses.ts";
import { targetNotFound } from "../target-key.ts";
import type { AddressBook } from "./address-book.ts";
import type { Request } from "./requests.ts";
import { waTypeOf } from "./wa-types.ts";

export function toStatusInfo({ id, from, type, text, at }: WireMessage, me: WireMe, people: AddressBook): StatusInfo {
  return { id, from: people.of(from), own: from === me.id, kind: waTypeOf(type), text: text ?? null, at };
}

export function statusOperations(request: Request, people: AddressBook, self: () => WireMe): StatusOperations {
  const requireOwn = async (id: string): Promise<void> => {
    const found = (await request("statuses", {})).some((status) => status.id === id && status.from === self().id);
    if (!found) throw targetNotFound();
  };
  return {
    listStatuses: async () => {
      const statuses = await request("statuses", {});
      return statuses.map((status) => toStatusInfo(status, self(), people));
    },
    viewStatus: async ({ chatId, id }) => {
      await request("viewStatus", { from: chatId, id });
    },
    deleteStatus: async ({ id }) => {
      await requireOwn(id);
      const own = `3EB0${randomBytes(9).toString("hex").toUpperCase()}`;
      await request("send", { id: own, to: STATUS_CHAT, type: "revoke", targetId: id, targetFrom: self().id });
    },
    listStatusViewers: async ({ id }) => {
      await requireOwn(id);
      const receipts = await request("messageInfo", { id });
      return receipts.flatMap(({ by, readAt }) => (readAt === null ? [] : [{ viewer: people.of(by), at: readAt }]));
    },
  };
}
