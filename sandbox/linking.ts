/** Linking: the QR codes and pairing codes that devices show, and the phones that scan or enter them. */
import { randomBytes, randomInt } from "node:crypto";
import type { Account, Accounts } from "./accounts.ts";
import type { Clock } from "./clock.ts";
import type { Device, Devices } from "./devices.ts";
import type { Faults } from "./faults.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";
import { OPERATION_INPUTS } from "./wire-schemas.ts";

/** A connection that waits for a phone to link it. */
export interface Candidate {
  readonly deviceName: string;
  /** Called after the link has been committed. */
  linked(device: Device, token: string): void;
}

interface OpenCode {
  readonly candidate: Candidate;
  readonly phone: string;
  readonly expiresAt: number;
}

export interface LinkTimes {
  /** How long the first QR code is valid, and each one after it. */
  readonly firstQrMs: number;
  readonly nextQrMs: number;
  readonly codeMs: number;
}

/** WhatsApp Web's own times. */
export const LINK_TIMES: LinkTimes = { firstQrMs: 20_000, nextQrMs: 20_000, codeMs: 180_000 };
export const QR_PER_CONNECTION = 6;

const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** The part of a code by which the server knows it; clients add keys of the device to it, and more. */
function refOf(qr: string): string {
  return qr.split(",")[0]!;
}

export class Linking {
  readonly times: LinkTimes;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #accounts: Accounts;
  readonly #devices: Devices;
  readonly #faults: Faults;
  readonly #byQr = new Map<string, Candidate>();
  readonly #qrOf = new Map<Candidate, string>();
  readonly #byCode = new Map<string, OpenCode>();
  readonly #codeOf = new Map<Candidate, string>();

  constructor(parts: {
    store: Store;
    clock: Clock;
    accounts: Accounts;
    devices: Devices;
    faults: Faults;
    times: LinkTimes;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#accounts = parts.accounts;
    this.#devices = parts.devices;
    this.#faults = parts.faults;
    this.times = parts.times;
  }

  /**
   * Returns a new QR text for the candidate; the previous one is no longer valid. Its parts are those of the real
   * network: reference, noise key, identity key and secret.
   */
  showQr(candidate: Candidate): string {
    this.#dropQr(candidate);
    const part = (bytes: number): string => randomBytes(bytes).toString("base64");
    const text = `2@${part(48)},${part(32)},${part(32)},${part(32)}`;
    const ref = refOf(text);
    this.#byQr.set(ref, candidate);
    this.#qrOf.set(candidate, ref);
    return text;
  }

  /** Returns a new pairing code for the candidate, to be entered on the phone that the request names. */
  requestCode(candidate: Candidate, input: unknown): { code: string; expiresAt: number } {
    const parsed = OPERATION_INPUTS.pairingCode.safeParse(input);
    if (!parsed.success) throw new Refusal("invalid", "must be a phone number without +");
    const account = this.#accounts.byNumber(`${parsed.data.phone}@c.us`);
    if (account === undefined) throw new Refusal("not_on_whatsapp", `+${parsed.data.phone} is not on WhatsApp`);
    if (this.#faults.of(account).failLinks) throw new Refusal("refused", "a sandbox fault refuses pairing codes");
    this.#dropCode(candidate);
    const letters = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
    const code = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    const expiresAt = this.#clock.now() + this.times.codeMs;
    this.#byCode.set(code, { candidate, phone: account.id, expiresAt });
    this.#codeOf.set(candidate, code);
    return { code, expiresAt };
  }

  /** The phone scans a QR code. Must be called inside a transaction. */
  scan(account: Account, qr: string): void {
    const candidate = this.#byQr.get(refOf(qr));
    if (candidate === undefined)
      throw new Refusal("code_expired", "no session currently shows this QR code; fetch the session's current one");
    this.#link(account, candidate);
  }

  /** The phone enters a pairing code. Must be called inside a transaction. */
  enter(account: Account, text: string): void {
    const letters = text.replace("-", "").toUpperCase();
    const open = this.#byCode.get(`${letters.slice(0, 4)}-${letters.slice(4)}`);
    if (open === undefined || open.phone !== account.id)
      throw new Refusal("code_expired", "no session is waiting for this code on this phone");
    if (open.expiresAt < this.#clock.now()) throw new Refusal("code_expired", "the pairing code has expired");
    this.#link(account, open.candidate);
  }

  #link(account: Account, candidate: Candidate): void {
    if (this.#faults.of(account).failLinks) throw new Refusal("code_expired", "a sandbox fault makes codes expire");
    const { device, token } = this.#devices.link(account.id, candidate.deviceName);
    this.withdraw(candidate);
    this.#store.afterCommit(() => candidate.linked(device, token));
  }

  /** Invalidates the codes that the candidate shows. */
  withdraw(candidate: Candidate): void {
    this.#dropQr(candidate);
    this.#dropCode(candidate);
  }

  #dropQr(candidate: Candidate): void {
    this.#byQr.delete(this.#qrOf.get(candidate) ?? "");
    this.#qrOf.delete(candidate);
  }

  #dropCode(candidate: Candidate): void {
    this.#byCode.delete(this.#codeOf.get(candidate) ?? "");
    this.#codeOf.delete(candidate);
  }
}
