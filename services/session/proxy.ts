/** The proxy in a session's settings: checked before it is stored, its password sealed and never shown. */
import { checkUrl } from "../../access/outgoing/address-guard.ts";
import { Problem } from "../../contracts/errors.ts";
import type { SessionSettings } from "../../contracts/session-settings.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import type { SessionService } from "./types.ts";

interface Owner {
  readonly id: string;
  readonly tenantId: string;
  readonly driver: "browser" | "light";
}

const POINTER = "/settings/proxy";

/** Throws the problem `unsupported` when the session's driver has no proxies, and `url_blocked` for a forbidden one. */
export async function checkProxy(
  service: SessionService,
  driver: Owner["driver"],
  proxy: SessionSettings["proxy"] | undefined,
): Promise<void> {
  if (proxy === undefined || proxy === null) return;
  if (driver !== "browser") {
    const detail = "only the driver browser connects through a proxy";
    throw new Problem("unsupported", detail, { errors: [{ pointer: POINTER, code: "unsupported", detail }] });
  }
  const allowPrivate = configOf(service.broker).allowPrivateUrls;
  await checkUrl(proxy.url, { allowPrivate, pointer: `${POINTER}/url` });
}

/** The settings as they are stored and shown, and the sealed password that belongs to them; null for none. */
export function sealProxy(
  service: SessionService,
  { id, tenantId }: Owner,
  settings: SessionSettings,
): { readonly settings: SessionSettings; readonly password: string | null } {
  if (settings.proxy === null) return { settings, password: null };
  const { password, ...proxy } = settings.proxy;
  const field = { tenantId, table: "sessions", column: "proxy_password", id };
  return {
    settings: { ...settings, proxy },
    password: password === undefined ? null : service.secrets.seal(password, field),
  };
}
