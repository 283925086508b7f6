/**
 * One device's connection to the sandbox: links the device, reconnects after losses, and passes events to the sink in
 * order.
 */
import { waitAtMost } from "../../concurrency/deadline.ts";
import { addressOf } from "../../contracts/address.ts";
import type { ServerFrame, WireMe, WireOperationName, WireOperations } from "../../contracts/sandbox-wire.ts";
import type { SessionReason } from "../../contracts/states.ts";
import type { ConnectionState, DriverEvent, DriverLog, DriverOptions, DriverSink } from "../driver.ts";
import { DriverError } from "../../contracts/transport.ts";
import { changeWindowOf, Coalescer } from "../coalescer.ts";
import { UnknownShapes } from "../unknown-shapes.ts";
import { AddressBook } from "./address-book.ts";
import { readToken, removeToken, writeToken } from "./device-file.ts";
import { burstKeyOf, fromDurable, fromLive } from "./events.ts";
import { nameOf, UNLINK_REASONS, type Frame } from "./frames.ts";
import { InboxAcks } from "./inbox-acks.ts";
import type { PresenceSettings } from "./operations.ts";
import { PairingCodes } from "./pairing-codes.ts";
import { Requests } from "./requests.ts";
import { ReconnectingSocket } from "./reconnecting-socket.ts";

/** ms that closing waits for events that are being stored. */
const STORE_MS = 2000;
/** ms without a connection after which it is given up. */
const GIVE_UP_AFTER_MS = 60_000;

/** Changes that the account's own devices hear of, and that no event of ours reports. */
const UNREPORTED = new Set<string>(["call_update", "profile", "privacy", "addressing"]);

export class LightConnection {
  readonly people = new AddressBook();
  readonly presence: PresenceSettings = { watched: new Set(), available: null };
  readonly #options: DriverOptions;
  readonly #sink: DriverSink;
  readonly #log: DriverLog;
  readonly #socket: ReconnectingSocket;
  readonly #requests = new Requests();
  readonly #acks: InboxAcks;
  readonly #pairing: PairingCodes;
  /** Changes of chats and contacts. */
  readonly #changes: Coalescer<DriverEvent>;
  readonly #unknown: UnknownShapes;
  /** Events that the sink is storing, and other background work. */
  readonly #storing = new Set<Promise<void>>();
  #token: string | null = null;
  #me: WireMe | null = null;
  #isReady = false;
  #state: ConnectionState = "starting";
  /** The reason to report with the next `connected`. */
  #connectReason: SessionReason | null = null;
  /** Events still to come that were queued while the device was away. */
  #backfill = 0;
  #isLoggingOut = false;
  /** When it was last connected, or opened; Unix ms. */
  #lostAt = 0;
  #shouldBeOpen = false;

  constructor(options: DriverOptions, sink: DriverSink, log: DriverLog) {
    if (options.sandbox === null) throw new Error("the light driver connects to the sandbox only");
    const { host, devicePort } = options.sandbox;
    this.#options = options;
    this.#sink = sink;
    this.#log = log;
    this.#acks = new InboxAcks((seq) => this.#socket.send({ type: "ack", seq }));
    this.#pairing = new PairingCodes(this.request, (event) => this.#emit(event));
    this.#changes = new Coalescer((event) => this.#emit(event), changeWindowOf(options.settings));
    this.#unknown = new UnknownShapes((event) => this.#emit(event));
    this.#socket = new ReconnectingSocket(`ws://${host.includes(":") ? `[${host}]` : host}:${devicePort}/device`, {
      opened: () => this.#sendHello(),
      received: (frame) => this.#receive(frame),
      lost: (problem) => this.#handleLoss(problem),
    });
  }

  get isLinked(): boolean {
    return this.#token !== null;
  }

  /** The account of the session; throws `not_connected` when there is no connection. */
  get me(): WireMe {
    if (this.#me === null || !this.#isReady)
      throw new DriverError("not_connected", "the session is not connected to the sandbox");
    return this.#me;
  }

  /** Idempotent while it is open. */
  async open(): Promise<void> {
    if (this.#shouldBeOpen) return;
    this.#shouldBeOpen = true;
    this.#isLoggingOut = false;
    this.#lostAt = Date.now();
    this.#report("starting", null);
    this.#token = await readToken(this.#options.profileDir);
    if (this.#shouldBeOpen) this.#socket.open();
  }

  readonly request = async <N extends WireOperationName>(
    op: N,
    input: WireOperations[N][0],
  ): Promise<WireOperations[N][1]> => {
    if (!this.#socket.isOpen || (!this.#isReady && op !== "pairingCode"))
      throw new DriverError("not_connected", "the session is not connected to the sandbox");
    return this.#requests.add(op, input, (frame) => this.#socket.sendText(frame));
  };

  /** QR codes are requested even with a token: they show that the token is void. */
  #sendHello(): void {
    const { deviceName, pairingPhone } = this.#options;
    const wantsQr = this.#token !== null || pairingPhone === null;
    this.#socket.send({ type: "hello", token: this.#token, deviceName, wantsQr });
    if (!wantsQr) this.#pair();
  }

  #receive(frame: ServerFrame): void {
    if ("lids" in frame) this.people.learn(frame.lids);
    switch (frame.type) {
      case "qr":
        return this.#showQr(frame);
      case "qr_idle":
        return this.#end("failed", "qr_expired");
      case "linked":
        return this.#saveToken(frame.token);
      case "ready":
        return this.#handleReady(frame);
      case "unlinked":
        return this.#handleUnlinked(frame.reason);
      case "event":
        return this.#store(frame);
      case "live":
        return this.#handleLive(frame);
      case "reply":
      case "error":
        return this.#requests.complete(frame);
      default:
        return this.#unknown.noteName("frame", nameOf(frame));
    }
  }

  #handleLive({ event }: Frame<"live">): void {
    const reported = fromLive(event, this.people, this.#me?.id ?? null);
    if (reported === null)
      return UNREPORTED.has(event.type) ? undefined : this.#unknown.noteName("live event", nameOf(event));
    const key = burstKeyOf(reported);
    if (key === null) this.#emit(reported);
    else this.#changes.put(key, reported);
  }

  #showQr({ text, attempt, expiresAt }: Frame<"qr">): void {
    const wasLinked = this.#token !== null;
    if (wasLinked) this.#forgetToken();
    if (this.#options.pairingPhone !== null) return wasLinked ? this.#pair() : undefined;
    if (this.#state !== "qr") this.#report("qr", wasLinked ? "logged_out_on_phone" : "link_required");
    this.#emit({ type: "qr", text, attempt, expiresAt });
  }

  #pair(): void {
    this.#report("pairing", "link_required");
    this.#pairing.show(this.#options.pairingPhone ?? "");
  }

  /** Reads nothing more until the token is on disk: a crash must not leave a linked device whose token is lost. */
  #saveToken(token: string): void {
    this.#pairing.stop();
    this.#socket.pause();
    this.#report("syncing", "linked");
    writeToken(this.#options.profileDir, token).then(
      () => {
        this.#token = token;
        this.#connectReason = "linked";
        this.#socket.resume();
      },
      (error: unknown) => this.#end("failed", "driver_error", { error: String(error) }),
    );
  }

  #forgetToken(): void {
    this.#token = null;
    this.#track(removeToken(this.#options.profileDir));
  }

  #handleReady({ me, pending }: Frame<"ready">): void {
    this.#me = me;
    this.#isReady = true;
    this.#backfill = pending;
    this.#socket.markWorking();
    this.#report("connected", this.#connectReason);
    this.#connectReason = null;
    const { watched, available } = this.presence;
    if (watched.size > 0) this.#track(this.request("subscribePresence", { who: [...watched] }));
    if (available !== null) this.#track(this.request("setPresence", { available }));
  }

  /**
   * Acknowledges the event once the sink has stored everything that comes of it. One that is not understood is
   * acknowledged too.
   */
  #store({ seq, event }: Frame<"event">): void {
    if (this.#me === null) return;
    const stored = this.#acks.begin(seq);
    const backfill = this.#backfill > 0;
    if (backfill) this.#backfill--;
    const events = fromDurable(
      event,
      { me: this.#me, people: this.people, withMedia: !this.#options.rejectMedia },
      backfill,
    );
    if (events.length === 0) this.#unknown.noteName("durable event", nameOf(event));
    this.#track(Promise.all(events.map((reported) => this.#sink(reported))).then(stored));
  }

  #emit(event: DriverEvent): void {
    this.#track(this.#sink(event));
  }

  /**
   * Drops the connection when the work fails: the server sends an event that was not stored again over the next one.
   */
  #track(work: Promise<unknown>): void {
    const done = work.then(
      () => undefined,
      (error: unknown) => {
        this.#log("debug", "connection dropped after a failure", { error: String(error) });
        this.#socket.drop();
      },
    );
    this.#storing.add(done);
    void done.finally(() => this.#storing.delete(done));
  }

  #report(state: ConnectionState, reason: SessionReason | null, more: Record<string, string> = {}): void {
    this.#state = state;
    const evidence = { socket: this.#socket.isOpen ? "open" : "closed", linked: this.#token !== null, ...more };
    const event: DriverEvent = { type: "state", state, reason, evidence };
    const me = state === "connected" ? this.#me : null;
    this.#emit(me === null ? event : { ...event, me: { ...addressOf(me.id, me.lid), name: me.name } });
  }

  #handleLoss(problem: string): void {
    const wasConnected = this.#isReady;
    if (wasConnected) this.#lostAt = Date.now();
    // The sandbox may be elsewhere by now: the layer above knows, and starts this driver again.
    if (Date.now() - this.#lostAt > GIVE_UP_AFTER_MS)
      return this.#end("closed", "sandbox_unreachable", { error: problem });
    this.#disconnected("the connection to the sandbox was lost");
    if (wasConnected) this.#connectReason = "network_back";
    if (this.#state !== "reconnecting")
      this.#report("reconnecting", wasConnected ? "network_lost" : "sandbox_unreachable", { error: problem });
  }

  #disconnected(message: string): void {
    this.#isReady = false;
    this.#pairing.stop();
    this.#acks.reset();
    this.#requests.failAll(message);
  }

  #handleUnlinked(reason: Frame<"unlinked">["reason"]): void {
    if (reason !== "logout") return this.#end("failed", UNLINK_REASONS[reason]);
    this.#forgetToken();
    this.#end("logged_out", this.#isLoggingOut ? "logged_out_here" : "logged_out_on_phone");
  }

  /** Ends the connection for good. */
  #end(state: "closed" | "failed" | "logged_out", reason: SessionReason, more: Record<string, string> = {}): void {
    this.#shouldBeOpen = false;
    this.#disconnected(`the connection has ended: ${reason}`);
    this.#report(state, reason, more);
    this.#track(this.#socket.close());
  }

  /** Removes the device from the account, if it was ever linked, and closes. */
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
    // The server sends `unlinked` too, but it may come after the reply, or not at all.
    this.#token = null;
    if (this.#state !== "logged_out") this.#end("logged_out", "logged_out_here");
    await this.close();
    await removeToken(this.#options.profileDir);
  }

  /** Waits until events are stored and acknowledged, for STORE_MS at most, then closes the connection. Idempotent. */
  async close(): Promise<void> {
    this.#shouldBeOpen = false;
    this.#changes.close();
    this.#unknown.flush();
    await waitAtMost(Promise.all(this.#storing), STORE_MS);
    if (this.#socket.isOpen) this.#acks.flush();
    this.#disconnected("the session was stopped");
    await this.#socket.close();
  }
}
