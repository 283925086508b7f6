/** How gateways report the sockets of users to the presence service. */
import { z } from "zod";

/** A socket of a user: one connection of one browser tab or program, however many namespaces it joins. */
const UserSocket = z.object({
  id: z.string().describe("Unique in its gateway"),
  tenantId: z.string(),
  userId: z.string(),
  openedAt: z.int().describe("Unix ms"),
});
export type UserSocket = z.infer<typeof UserSocket>;

/** `ctx.params` of `presence.report`: what has changed since the last report. It also renews the gateway's lease. */
export const GatewayReport = z.object({
  gateway: z.string().describe("Identifies this run of the gateway"),
  nodeId: z.string(),
  opened: z.array(UserSocket),
  closed: z.array(UserSocket),
  leaving: z.boolean().describe("The gateway stops: all its sockets are closed"),
});
export type GatewayReport = z.infer<typeof GatewayReport>;

/** Result of `presence.report`. */
export interface ReportAnswer {
  /** False when the gateway was unknown or its lease had expired: it must report all its sockets again. */
  readonly known: boolean;
}
