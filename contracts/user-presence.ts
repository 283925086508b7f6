/** What gateways and the presence service tell each other about the sockets of users. */

/** A socket of a user: one connection of one browser tab or program, however many namespaces it joins. */
export interface UserSocket {
  /** Unique in its gateway. */
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  /** ms. */
  readonly openedAt: number;
}

/** `ctx.params` of `presence.report`: what has changed since the last report. It also renews the gateway's lease. */
export interface GatewayReport {
  /** Names this start of the gateway. */
  readonly gateway: string;
  readonly nodeId: string;
  readonly opened: readonly UserSocket[];
  readonly closed: readonly UserSocket[];
  /** It stops: nothing of it is left. */
  readonly leaving: boolean;
}

/** Answer of `presence.report`. */
export interface ReportAnswer {
  /** False when the gateway was not known, or believed dead: it tells of all its sockets again. */
  readonly known: boolean;
}
