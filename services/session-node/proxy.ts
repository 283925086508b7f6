/** Opens and tries the proxy of a session before its browser starts. */
import { tryProxy } from "../../access/outgoing/proxy-check.ts";
import type { SealedProxy } from "../../actors/node-options.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import type { SessionNodeService } from "./types.ts";

/** What the proxy must let through. */
const TARGET = "web.whatsapp.com:443";
/** ms for the whole try. */
const TIMEOUT = 10_000;

export async function openProxy({ broker, secrets }: SessionNodeService, proxy: SealedProxy) {
  const { sessionId: id, tenantId, url, username, sealedPassword } = proxy;
  const field = { tenantId, table: "sessions", column: "proxy_password", id };
  const password = sealedPassword === null ? null : secrets.open(sealedPassword, field);
  const { allowPrivateUrls: allowPrivate } = configOf(broker);
  return tryProxy({ url, username, password }, { allowPrivate, target: TARGET, timeout: TIMEOUT });
}
