/** The devices that are currently connected, by device and by account. */
import type { LiveEvent, ServerFrame } from "../contracts/sandbox-wire.ts";

export type UnlinkReason = Extract<ServerFrame, { type: "unlinked" }>["reason"];

/** The connection of a linked device. */
export interface ConnectedDevice {
  readonly deviceId: number;
  readonly account: string;
  readonly tenant: string;
  /** Sends the new events of its queue. */
  pump(): void;
  sendLive(event: LiveEvent): void;
  /** Sends the reason and closes the connection. */
  dismiss(reason: UnlinkReason): void;
  /** Drops the connection without a closing frame, as a lost network does. */
  cut(): void;
}

export class Hub {
  readonly #byDevice = new Map<number, ConnectedDevice>();
  readonly #byAccount = new Map<string, Set<ConnectedDevice>>();

  /** Adds a connection. A device has one: an earlier connection is dismissed with `conflict`. */
  add(connection: ConnectedDevice): void {
    this.#byDevice.get(connection.deviceId)?.dismiss("conflict");
    this.#byDevice.set(connection.deviceId, connection);
    const connections = this.#byAccount.get(connection.account) ?? new Set();
    this.#byAccount.set(connection.account, connections.add(connection));
  }

  remove(connection: ConnectedDevice): void {
    if (this.#byDevice.get(connection.deviceId) === connection) this.#byDevice.delete(connection.deviceId);
    const connections = this.#byAccount.get(connection.account);
    connections?.delete(connection);
    if (connections?.size === 0) this.#byAccount.delete(connection.account);
  }

  device(id: number): ConnectedDevice | undefined {
    return this.#byDevice.get(id);
  }

  all(): readonly ConnectedDevice[] {
    return [...this.#byDevice.values()];
  }

  /** Sends the event to the account's connected devices, except the one named. */
  sendLive(account: string, event: LiveEvent, except: number | null = null): void {
    for (const connection of this.#byAccount.get(account) ?? [])
      if (connection.deviceId !== except) connection.sendLive(event);
  }
}
