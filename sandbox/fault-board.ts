/** Faults as the tenant sets them: kept for what comes, and applied at once to the sessions that are connected. */
import { Problem } from "../contracts/errors.ts";
import type { SandboxFaults } from "../contracts/sandbox.ts";
import type { Account } from "./accounts.ts";
import type { Network } from "./network.ts";

export class FaultBoard {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** The faults of one phone (in digits), or those of all of the tenant's phones. */
  async get(tenant: string, phone: string | undefined): Promise<SandboxFaults> {
    return this.#network.store.write(() => this.#network.faults.get(tenant, this.#phone(tenant, phone)?.id ?? null));
  }

  async set(tenant: string, phone: string | undefined, faults: SandboxFaults): Promise<SandboxFaults> {
    return this.#network.store.write(() => {
      const account = this.#phone(tenant, phone);
      this.#network.faults.set(tenant, account?.id ?? null, faults);
      this.#network.store.afterCommit(() => this.#apply(tenant, account?.id ?? null));
      return this.#network.faults.get(tenant, account?.id ?? null);
    });
  }

  #phone(tenant: string, phone: string | undefined): Account | null {
    if (phone === undefined) return null;
    const account = this.#network.accounts.find(tenant, `${phone}@c.us`);
    if (account === undefined) throw new Problem("not_found", `there is no phone +${phone}`);
    return account;
  }

  #apply(tenant: string, phone: string | null): void {
    const { faults, hub, receipts, store } = this.#network;
    for (const link of hub.all()) {
      if (link.tenant !== tenant || (phone !== null && link.account !== phone)) continue;
      const { cutFor, unlink } = faults.of({ id: link.account, tenant });
      if (unlink !== null) link.dismiss(unlink);
      else if (cutFor > 0) link.cut();
    }
    // Receipts that were held back are owed now, where the fault was taken away.
    store.background(() => receipts.settleAll());
  }
}
