/** Tells every node that someone's access is not what it was, so that caches are dropped and sockets closed at once. */
import type { ServiceBroker } from "moleculer";

/** Broadcast after a user, login, API key or tenant has changed in what it may do. */
export const AUTH_CHANGED = "auth.changed";

/** Whose access changed; without a user, key or login it is everyone's in the tenant. */
export interface AccessChange {
  readonly tenantId: string;
  readonly userId?: string;
  readonly apiKeyId?: string;
  readonly loginId?: string;
}

export async function announceAccessChange(broker: ServiceBroker, change: AccessChange): Promise<void> {
  await broker.broadcast(AUTH_CHANGED, change);
}
