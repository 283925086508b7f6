/** Announces changes of access rights to every node, which drops cached answers and closes sockets immediately. */
import type { ServiceBroker } from "moleculer";

/** Broadcast after the rights of a user, login, API key or tenant have changed. */
export const AUTH_CHANGED = "auth.changed";

/** Whose access changed: without a user, key or login, everyone's in the tenant. */
export interface AccessChange {
  readonly tenantId: string;
  readonly userId?: string;
  readonly apiKeyId?: string;
  readonly loginId?: string;
}

export async function announceAccessChange(broker: ServiceBroker, change: AccessChange): Promise<void> {
  await broker.broadcast(AUTH_CHANGED, change);
}
