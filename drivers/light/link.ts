/** The link of one device: says hello, is linked, comes back after losses, and passes events to the sink in order. */
import { waitAtMost } from "../../concurrency/deadline.ts";
import { addressOf } from "../../contracts/address.ts";
import type { SwitchboardFrame, WireMe, WireOperationName, WireOperations } from "../../contracts/sandbox-wire.ts";
import type { SessionReason } from "../../contracts/states.ts";
import type { DriverEvent, DriverOptions, DriverSink, LinkState } from "../driver.ts";
import { DriverError } from "../../contracts/transport.ts";
import { readToken, removeToken, writeToken } from "./device-file.ts";
import { fromDurable, fromLive } from "./events.ts";
import { InboxAcks } from "./inbox-acks.ts";
import type { Standing } from "./operations.ts";
import { PairingCodes } from "./pairing-codes.ts";
import { Requests } from "./requests.ts";
import { SwitchboardSocket } from "./socket.ts";

type Frame<T extends SwitchboardFrame["type"]> = Extract<SwitchboardFrame, { type: T }>;

/** How long closing waits for events that are being stored. */
const STORE_MS = 2000;

const REASON_OF: Record<Frame<"unlinked">["reason"], SessionReason> = {
  logout: "logged_out_on_phone",
  banned: "banned",
  tos_block: "tos_block",
  conflict: "conflict",
};

export class LightLink {
  readonly standing: Standing = { watched: new Set(), available: null };
  readonly #options: DriverOptions;
  readonly #sink: DriverSink;
  readonly #socket: SwitchboardSocket;
  readonly #requests = new Requests();
  readonly #acks: InboxAcks;
  readonly #pairing: PairingCodes;
  /** Events on their way to the sink. */
  readonly #storing = new Set<Promise<void>>();
  #token: string | null = null;
  #me: WireMe | null = null;
  #isReady = false;
  #state: LinkState = "starting";
  #comesFrom: SessionReason | null = null;
  #backfill = 0;
  #isLoggingOut = false;
  #isWanted = false;

  constructor(options: DriverOptions, sink: DriverSink) {
    if (options.sandbox === null) throw new Error("the light driver speaks to the sandbox only");
    const { host, devicePort } = options.sandbox;
    this.#options = options;
    this.#sink = sink;
    this.#acks = new InboxAcks((seq) => this.#socket.send({ type: "ack", seq }));
    this.#pairing = new PairingCodes(this.request, (event) => this.#tell(event));
    this.#socket = new SwitchboardSocket(`ws://${host.includes(":") ? `[${host}]` : host}:${devicePort}/device`, {
      opened: () => this.#hello(),
      received: (frame) => this.#receive(frame),
      lost: (problem) => this.#lost(problem),
    });
  }

  get isLinked(): boolean {
    return this.#token !== null;
  }

  /** Who the session is; fails when it is not connected. */
  get me(): WireMe {
    if (this.#me === null || !this.#isReady)
      throw new DriverError("not_connected", "the session is not connected to the sandbox");
    return this.#me;
  }

  /** Idempotent while it is open. */
  async open(): Promise<void> {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#isLoggingOut = false;
    this.#report("starting", null);
    this.#token = await readToken(this.#options.profileDir);
    if (this.#isWanted) this.#socket.open();
  }

  readonly request = async <N extends WireOperationName>(
    op: N,
    input: WireOperations[N][0],
  ): Promise<WireOperations[N][1]> => {
    if (!this.#socket.isOpen || (!this.#isReady && op !== "pairingCode"))
      throw new DriverError("not_connected", "the session is not connected to the sandbox");
    return this.#requests.add(op, input, (frame) => this.#socket.sendText(frame));
  };

  /** With a token QR codes are asked for too: they are the sign that the token is void. */
  #hello(): void {
    const { deviceName, pairingPhone } = this.#options;
    const wantsQr = this.#token !== null || pairingPhone === null;
    this.#socket.send({ type: "hello", token: this.#token, deviceName, wantsQr });
    if (!wantsQr) this.#pair();
  }

  #receive(frame: SwitchboardFrame): void {
    switch (frame.type) {
      case "qr":
        return this.#showQr(frame);
      case "qr_idle":
        return this.#end("failed", "qr_expired");
      case "linked":
        return this.#keep(frame.token);
      case "ready":
        return this.#begin(frame);
      case "unlinked":
        return this.#unlinked(frame.reason);
      case "event":
        return this.#store(frame);
      case "live":
        return this.#tell(fromLive(frame.event));
      case "reply":
      case "error":
        return this.#requests.settle(frame);
    }
  }

  #showQr({ text, attempt, expiresAt }: Frame<"qr">): void {
    const wasLinked = this.#token !== null;
    if (wasLinked) this.#forgetToken();
    if (this.#options.pairingPhone !== null) return wasLinked ? this.#pair() : undefined;
    if (this.#state !== "qr") this.#report("qr", wasLinked ? "logged_out_on_phone" : "link_required");
    this.#tell({ type: "qr", text, attempt, expiresAt });
  }

  #pair(): void {
    this.#report("pairing", "link_required");
    this.#pairing.show(this.#options.pairingPhone ?? "", (error) =>
      this.#end("failed", "driver_error", { refusal: error.message }),
    );
  }

  /** Nothing more is read until the token is on disk: a crash must not leave a link that nobody can use. */
  #keep(token: string): void {
    this.#pairing.stop();
    this.#socket.pause();
    this.#report("syncing", "linked");
    writeToken(this.#options.profileDir, token).then(
      () => {
        this.#token = token;
        this.#comesFrom = "linked";
        this.#socket.resume();
      },
      (error: unknown) => this.#end("failed", "driver_error", { error: String(error) }),
    );
  }

  #forgetToken(): void {
    this.#token = null;
    this.#track(removeToken(this.#options.profileDir));
  }

  #begin({ me, pending }: Frame<"ready">): void {
    this.#me = me;
    this.#isReady = true;
    this.#backfill = pending;
    this.#socket.settled();
    this.#report("connected", this.#comesFrom);
    this.#comesFrom = null;
    const { watched, available } = this.standing;
    if (watched.size > 0) this.#track(this.request("subscribePresence", { who: [...watched] }));
    if (available !== null) this.#track(this.request("setPresence", { available }));
  }

  /** An event is acknowledged once the sink has stored all that it means. */
  #store({ seq, event }: Frame<"event">): void {
    if (this.#me === null) return;
    const stored = this.#acks.begin(seq);
    const backfill = this.#backfill > 0;
    if (backfill) this.#backfill--;
    const facts = fromDurable(event, this.#me, backfill);
    this.#track(Promise.all(facts.map((fact) => this.#sink(fact))).then(stored));
  }

  #tell(event: DriverEvent): void {
    this.#track(this.#sink(event));
  }

  /** What cannot be stored now must come again: the connection is dropped, and the switchboard gives it again at the next one. */
  #track(work: Promise<unknown>): void {
    const done = work.then(
      () => undefined,
      () => this.#socket.drop(),
    );
    this.#storing.add(done);
    void done.finally(() => this.#storing.delete(done));
  }

  #report(state: LinkState, reason: SessionReason | null, more: Record<string, string> = {}): void {
    this.#state = state;
    const evidence = { socket: this.#socket.isOpen ? "open" : "closed", linked: this.#token !== null, ...more };
    const event: DriverEvent = { type: "state", state, reason, evidence };
    const me = state === "connected" ? this.#me : null;
    this.#tell(me === null ? event : { ...event, me: { ...addressOf(me.id, me.lid), name: me.name } });
  }

  #lost(problem: string): void {
    const wasThere = this.#isReady;
    this.#disconnected("the connection to the sandbox was lost");
    if (wasThere) this.#comesFrom = "network_back";
    if (this.#state !== "reconnecting")
      this.#report("reconnecting", wasThere ? "network_lost" : "sandbox_unreachable", { error: problem });
  }

  #disconnected(message: string): void {
    this.#isReady = false;
    this.#pairing.stop();
    this.#acks.reset();
    this.#requests.failAll(message);
  }

  #unlinked(reason: Frame<"unlinked">["reason"]): void {
    if (reason !== "logout") return this.#end("failed", REASON_OF[reason]);
    this.#forgetToken();
    this.#end("logged_out", this.#isLoggingOut ? "logged_out_here" : "logged_out_on_phone");
  }

  /** The link is over until someone starts it again. */
  #end(state: "failed" | "logged_out", reason: SessionReason, more: Record<string, string> = {}): void {
    this.#isWanted = false;
    this.#disconnected(`the link has ended: ${reason}`);
    this.#report(state, reason, more);
    this.#track(this.#socket.close());
  }

  /** Removes the device from the account. One that was never linked has nothing to remove. */
  async logout(): Promise<void> {
    if (this.isLinked) {
      this.#isLoggingOut = true;
      try {
        await this.request("logout", {});
      } catch (error) {
        this.#isLoggingOut = false;
        throw error;
      }
    }
    // The switchboard tells it too, but its word can come after the answer, or not at all.
    this.#token = null;
    if (this.#state !== "logged_out") this.#end("logged_out", "logged_out_here");
    await this.close();
    await removeToken(this.#options.profileDir);
  }

  /** Closes the connection after what is being stored has been acknowledged. Idempotent. */
  async close(): Promise<void> {
    this.#isWanted = false;
    await waitAtMost(Promise.all(this.#storing), STORE_MS);
    if (this.#socket.isOpen) this.#acks.flush();
    this.#disconnected("the session was stopped");
    await this.#socket.close();
  }
}
