/** Injected faults, for one phone or for all phones of a tenant. Kept in memory only. */
import type { SandboxFaults } from "../contracts/sandbox.ts";
import type { Account } from "./accounts.ts";

/** The faults that currently apply to one phone. */
export interface ActiveFaults {
  readonly latencyMs: number;
  readonly ackDelayMs: number;
  readonly dropAcks: boolean;
  readonly duplicate: boolean;
  readonly failLinks: boolean;
  readonly unlink: SandboxFaults["unlink"];
  /** Milliseconds until the network comes back; 0 when there is no disconnection. */
  readonly disconnectedFor: number;
}

interface Setting {
  readonly faults: SandboxFaults;
  readonly disconnectedUntil: number;
  failuresLeft: number;
}

const NONE: ActiveFaults = {
  latencyMs: 0,
  ackDelayMs: 0,
  dropAcks: false,
  duplicate: false,
  failLinks: false,
  unlink: null,
  disconnectedFor: 0,
};
const OFF: SandboxFaults = {
  latencyMs: 0,
  ackDelayMs: 0,
  dropAcks: false,
  failSends: false,
  disconnect: 0,
  duplicate: false,
  failLinks: false,
  unlink: null,
};

export class Faults {
  readonly #ofTenant = new Map<string, Setting>();
  readonly #ofPhone = new Map<string, Setting>();

  /** Sets the faults of one phone, or of all phones of the tenant. */
  set(tenant: string, phone: string | null, faults: SandboxFaults): void {
    const failuresLeft = faults.failSends === true ? Infinity : Number(faults.failSends);
    const setting = { faults, failuresLeft, disconnectedUntil: Date.now() + faults.disconnect };
    const map = phone === null ? this.#ofTenant : this.#ofPhone;
    if (isOff(faults)) map.delete(phone ?? tenant);
    else map.set(phone ?? tenant, setting);
  }

  /** The faults as they were set, with the remaining count or time of those that run out. */
  get(tenant: string, phone: string | null): SandboxFaults {
    const setting = phone === null ? this.#ofTenant.get(tenant) : this.#ofPhone.get(phone);
    if (setting === undefined) return OFF;
    const failSends = Number.isFinite(setting.failuresLeft) ? setting.failuresLeft || false : true;
    return { ...setting.faults, failSends, disconnect: Math.max(0, setting.disconnectedUntil - Date.now()) };
  }

  /** The faults that apply to the phone: for each kind the worse of its own and its tenant's. */
  of(account: Pick<Account, "id" | "tenant">): ActiveFaults {
    const settings = this.#settings(account);
    if (settings.length === 0) return NONE;
    const all = settings.map((setting) => setting.faults);
    return {
      latencyMs: Math.max(...all.map((faults) => faults.latencyMs)),
      ackDelayMs: Math.max(...all.map((faults) => faults.ackDelayMs)),
      dropAcks: all.some((faults) => faults.dropAcks),
      duplicate: all.some((faults) => faults.duplicate),
      failLinks: all.some((faults) => faults.failLinks),
      unlink: all.find((faults) => faults.unlink !== null)?.unlink ?? null,
      disconnectedFor: Math.max(...settings.map((setting) => setting.disconnectedUntil - Date.now()), 0),
    };
  }

  /** True when this send must be refused; uses up one of a limited number of failures. */
  consumeSendFailure(account: Account): boolean {
    const setting = this.#settings(account).find((candidate) => candidate.failuresLeft > 0);
    if (setting === undefined) return false;
    setting.failuresLeft--;
    return true;
  }

  forget(phone: string): void {
    this.#ofPhone.delete(phone);
  }

  #settings(account: Pick<Account, "id" | "tenant">): Setting[] {
    if (this.#ofTenant.size === 0 && this.#ofPhone.size === 0) return [];
    return [this.#ofPhone.get(account.id), this.#ofTenant.get(account.tenant)].filter(
      (setting) => setting !== undefined,
    );
  }
}

function isOff(faults: SandboxFaults): boolean {
  return Object.values(faults).every((value) => value === 0 || value === false || value === null);
}
