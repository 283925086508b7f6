/** A phone as the API shows it. */
import { chatIdForms } from "../contracts/number-forms.ts";
import type { SandboxPhone } from "../contracts/sandbox.ts";
import type { Account } from "./accounts.ts";
import type { Network } from "./network.ts";

type Parts = Pick<Network, "devices" | "hub" | "presence">;

export function viewPhone({ devices, hub, presence }: Parts, account: Account): SandboxPhone {
  const time = (at: number): string => new Date(at).toISOString();
  return {
    phone: `+${account.id.slice(0, -"@c.us".length)}`,
    chatId: account.id,
    aliases: chatIdForms(account.id).flatMap((id) => (id === account.id ? [] : `+${id.slice(0, -"@c.us".length)}`)),
    lid: account.lid,
    name: account.name,
    online: account.online === 1,
    autoRead: account.auto_read === 1,
    groupsPrivacy: account.groups_privacy,
    addressing: account.addressing,
    hidesNumber: account.hides_number === 1,
    business: account.business === 1,
    available: presence.isAvailable(account.id),
    lastSeen: account.last_seen === null ? null : time(account.last_seen),
    devices: devices.of(account.id).map(({ id, name, linked_at }) => ({
      id,
      name,
      linkedAt: time(linked_at),
      connected: hub.device(id) !== undefined,
    })),
    typing: presence.typingTo(account.id).map((typing) => ({ ...typing, at: time(typing.at) })),
    createdAt: time(account.created_at),
  };
}
