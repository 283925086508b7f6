/**
 * Tokens in wppconnect-server's way. Its secret is one for all, and its tokens never end; here the secret is an API key
 * of the tenant, and a token is an API key for one session, which can be listed and revoked like any other.
 */
import { isProblem } from "../../../contracts/errors.ts";
import { createSession, getSession, type Session } from "../../../contracts/routes/session.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../../../contracts/routes/user.ts";
import { NAME_METADATA, toSessionName } from "../../../compat/wppconnect/names.ts";
import type { TenantApi } from "./tenant-api.ts";

/** Clients ask for a token at each start: the newest ones of a session stay valid. */
const TOKENS_KEPT = 20;
/** What a session's token may be for, if the secret may: what that server's routes do. */
const NOUNS = new Set(
  "session message profile call chat contact status channel catalog label group presence webhook event".split(" "),
);

/** The session of this name; it is made if there is none. */
export async function ensureSession(api: TenantApi, name: string, network: Session["network"]): Promise<Session> {
  const params = { session: toSessionName(name) };
  try {
    return await api.call<Session>(getSession, { params });
  } catch (error) {
    if (!isProblem(error) || error.type !== "not_found") throw error;
  }
  const body = {
    name: params.session,
    network,
    ...(params.session === name ? {} : { metadata: { [NAME_METADATA]: name.slice(0, 500) } }),
  };
  try {
    return await api.call<Session>(createSession, { body });
  } catch (error) {
    // Another request made it meanwhile.
    if (!isProblem(error) || error.type !== "name_taken") throw error;
    return api.call<Session>(getSession, { params });
  }
}

interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

/** A token for one session, made with the tenant's secret. */
export async function createToken(api: TenantApi, name: string, network: Session["network"]): Promise<string> {
  const session = await ensureSession(api, name, network);
  const keyName = `wppconnect-server: ${session.name}`;
  const { permissions } = api.principal;
  const { key } = await api.call<{ key: string }>(createApiKey, {
    body: {
      name: keyName,
      scopes: permissions.filter((permission) => NOUNS.has(permission.split(":")[0] ?? "")),
      sessions: [session.id],
    },
  });
  const earlier = (await api.all<KeyView>(listApiKeys, {}, 1_000)).filter((entry) => entry.name === keyName);
  const superfluous = earlier.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(TOKENS_KEPT);
  for (const { id } of superfluous) await api.call(revokeApiKey, { params: { id } });
  return key;
}
