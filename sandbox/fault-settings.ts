/** Sets the faults of a tenant's phones: they apply to later operations, and immediately to connected devices. */
import { Problem } from "../contracts/errors.ts";
import type { SandboxFaults } from "../contracts/sandbox.ts";
import type { Account } from "./accounts.ts";
import type { Network } from "./network.ts";

export class FaultSettings {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** The faults of one phone (in digits), or those that apply to all of the tenant's phones. */
  async get(tenant: string, phone: string | undefined): Promise<SandboxFaults> {
    return this.#network.store.write(() =>
      this.#network.faults.get(tenant, this.#accountOf(tenant, phone)?.id ?? null),
    );
  }

  async set(tenant: string, phone: string | undefined, faults: SandboxFaults): Promise<SandboxFaults> {
    return this.#network.store.write(() => {
      const account = this.#accountOf(tenant, phone);
      this.#network.faults.set(tenant, account?.id ?? null, faults);
      this.#network.store.afterCommit(() => this.#apply(tenant, account?.id ?? null));
      return this.#network.faults.get(tenant, account?.id ?? null);
    });
  }

  #accountOf(tenant: string, phone: string | undefined): Account | null {
    if (phone === undefined) return null;
    const account = this.#network.accounts.find(tenant, `${phone}@c.us`);
    if (account === undefined) throw new Problem("not_found", `phone +${phone} does not exist`);
    return account;
  }

  #apply(tenant: string, phone: string | null): void {
    const { faults, hub, receipts, store } = this.#network;
    for (const device of hub.all()) {
      if (device.tenant !== tenant || (phone !== null && device.account !== phone)) continue;
      const { disconnectedFor, unlink } = faults.of({ id: device.account, tenant });
      if (unlink !== null) device.dismiss(unlink);
      else if (disconnectedFor > 0) device.cut();
    }
    // Receipts may be due now that a fault has been removed.
    store.background(() => receipts.sendAllDue());
  }
}
