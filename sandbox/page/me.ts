/** The account that this device is linked to. */
import type { WireMe } from "../../contracts/sandbox-wire.ts";
import { define } from "./loader.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

let current: WireMe | null = null;

export function setMe(me: WireMe | null): void {
  current = me;
}

/** The ids of the account; throws when the device is not linked. */
export function me(): WireMe {
  if (current === null) throw new Error("the device is not linked");
  return current;
}

/** The name that the account shows to others; null before the link, or when it has none. */
export function ownName(): string | null {
  return current?.name ?? null;
}

export function isMe(id: unknown): boolean {
  return current !== null && (String(id) === current.id || String(id) === current.lid);
}

function meOrNull(pick: (of: WireMe) => string): Wid | undefined {
  return current === null ? undefined : createWid(pick(current));
}

/** The ids of the account's devices; of other people only the phone is known here. */
async function getFanOutList({ wids }: { wids: Wid[] }): Promise<Wid[]> {
  const lists = wids.map(async (wid) => {
    if (!isMe(wid)) return [wid];
    const numbers = await ask("devices", {});
    return numbers.map((device) => (device === 0 ? wid : createWid(wid.toString().replace("@", `:${device}@`))));
  });
  return (await Promise.all(lists)).flat();
}

define("WAWebDBDeviceListFanout", { getFanOutList });
define("WAWebUserPrefsMeUser", {
  getMaybeMeUser: () => meOrNull((of) => of.id),
  getMaybeMePnUser: () => meOrNull((of) => of.id),
  getMaybeMeLidUser: () => meOrNull((of) => of.lid),
  getMePnUserOrThrow: () => createWid(me().id),
  getMeLidUserOrThrow: () => createWid(me().lid),
  getMe: () => meOrNull(({ id, device }) => id.replace("@", `:${device}@`)),
  getMaybeMeDevicePn: () => meOrNull(({ id, device }) => id.replace("@", `:${device}@`)),
  getMaybeMeDeviceLid: () => meOrNull(({ lid, device }) => lid.replace("@", `:${device}@`)),
  isMeAccount: isMe,
});
