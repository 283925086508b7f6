/**
 * Announces to every node that access has changed, so that it drops its caches and re-checks its sockets immediately.
 */
import type { ServiceBroker } from "moleculer";
import { AUTH_CHANGED, broadcast, type AccessChange } from "../contracts/broadcasts.ts";

export async function announceAccessChange(broker: ServiceBroker, change: AccessChange): Promise<void> {
  await broadcast(broker, AUTH_CHANGED, change);
}
