/** Calls between accounts: they ring, and are answered or end. Kept in memory only, as nothing is transmitted. */
import { randomBytes } from "node:crypto";
import type { WireCall } from "../contracts/sandbox-wire-people.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Announcements } from "./announcements.ts";
import type { Blocks } from "./blocks.ts";
import type { Clock } from "./clock.ts";
import { Refusal } from "./refusal.ts";

interface Parts {
  readonly accounts: Accounts;
  readonly announcements: Announcements;
  readonly blocks: Blocks;
  readonly clock: Clock;
}

/** The oldest calls are forgotten. */
const CALL_LIMIT = 10_000;

export class Calls {
  readonly #parts: Parts;
  readonly #calls = new Map<string, WireCall>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Rings at the other account's phone and devices; a call from a blocked number does not. */
  offer(caller: Account, input: { to: string; video: boolean }): WireCall {
    const { accounts, announcements, blocks, clock } = this.#parts;
    const called = accounts.require(caller.tenant, input.to);
    const id = randomBytes(16).toString("hex").toUpperCase();
    const call: WireCall = {
      id,
      from: caller.id,
      to: called.id,
      video: input.video,
      state: "ringing",
      at: clock.now(),
    };
    const [oldest] = this.#calls.keys();
    if (this.#calls.size >= CALL_LIMIT && oldest !== undefined) this.#calls.delete(oldest);
    this.#calls.set(id, call);
    announcements.to([caller.id], { type: "call_update", call });
    const { from, video, at } = call;
    if (!blocks.has(called.id, caller.id)) announcements.to([called.id], { type: "call", id, from, video, at });
    return call;
  }

  answer(account: Account, { id, accept }: { id: string; accept: boolean }): WireCall {
    const call = this.#require(account, id);
    if (call.to !== account.id || call.state !== "ringing")
      throw new Refusal("target_not_found", `call ${id} does not ring here`);
    return this.#change(call, accept ? "accepted" : "rejected");
  }

  end(account: Account, id: string): WireCall {
    const call = this.#require(account, id);
    if (call.state !== "ringing" && call.state !== "accepted") throw new Refusal("refused", `call ${id} has ended`);
    return this.#change(call, "ended");
  }

  /** The account's calls, latest first. */
  of(account: Account): WireCall[] {
    return [...this.#calls.values()].filter((call) => isParty(call, account)).toReversed();
  }

  #require(account: Account, id: string): WireCall {
    const call = this.#calls.get(id);
    if (call === undefined || !isParty(call, account)) throw new Refusal("target_not_found", `there is no call ${id}`);
    return call;
  }

  #change(call: WireCall, state: WireCall["state"]): WireCall {
    const changed = { ...call, state };
    this.#calls.set(call.id, changed);
    this.#parts.announcements.to([call.from, call.to], { type: "call_update", call: changed });
    return changed;
  }
}

function isParty({ from, to }: WireCall, { id }: Account): boolean {
  return from === id || to === id;
}
