/** One connection of a device: `hello`, codes until a phone links it, and then its event queue and its requests. */
import type { WebSocket } from "ws";
import type { LiveEvent, ServerFrame, WireErrorCode } from "../contracts/sandbox-wire.ts";
import type { Device } from "./devices.ts";
import { Feed } from "./feed.ts";
import type { ConnectedDevice, UnlinkReason } from "./hub.ts";
import { QR_PER_CONNECTION, type Candidate } from "./linking.ts";
import type { Network } from "./network.ts";
import { perform } from "./operations.ts";
import { Refusal } from "./refusal.ts";
import { SlowSocket } from "./slow-socket.ts";
import { isOperationName, parseFrame, type DeviceFrame } from "./wire-schemas.ts";

type Hello = Extract<DeviceFrame, { type: "hello" }>;
type Request = Extract<DeviceFrame, { type: "request" }>;

/** Bytes. A device with this much unsent data is not reading; its durable events wait in its queue. */
const BACKLOG_LIMIT = 64 * 1024 * 1024;
/** Bytes of unsent data from which live events are dropped. */
const LIVE_BACKLOG_LIMIT = 1024 * 1024;
const MAX_REQUESTS_IN_FLIGHT = 64;

export class DeviceConnection implements ConnectedDevice, Candidate {
  deviceName = "";
  deviceId = 0;
  account = "";
  tenant = "";
  /** Cleared by each liveness check, and set again by anything that the device sends. */
  isAlive = true;
  readonly #network: Network;
  readonly #socket: WebSocket;
  readonly #out: SlowSocket;
  #phase: "connected" | "linking" | "authenticating" | "ready" | "closed" = "connected";
  #cancelQr: (() => void) | null = null;
  #feed: Feed | null = null;
  #requestsInFlight = 0;

  constructor(network: Network, socket: WebSocket) {
    this.#network = network;
    this.#socket = socket;
    this.#out = new SlowSocket(socket, network.clock);
  }

  /** True until its `hello` has arrived. */
  get awaitsHello(): boolean {
    return this.#phase === "connected";
  }

  /** Handles one WebSocket message; null stands for a binary one. */
  receive(data: string | null): void {
    this.isAlive = true;
    const frame = data === null ? null : parseFrame(data);
    if (frame?.type === "hello") this.#hello(frame);
    else if (frame?.type === "name" && !this.awaitsHello) this.deviceName = frame.deviceName;
    else if (frame?.type === "request" && !this.awaitsHello) this.#request(frame);
    else if (frame?.type !== "ack" || this.#feed?.acknowledge(frame.seq) !== true) this.#reject();
  }

  /** Closes the connection with the code for a policy violation. */
  #reject(): void {
    this.#socket.close(1008, "invalid or unexpected frame");
  }

  #hello(hello: Hello): void {
    if (this.#phase !== "connected" && this.#phase !== "linking") return this.#reject();
    this.deviceName = hello.deviceName;
    this.#stopLinking();
    this.#phase = "authenticating";
    this.#network.store.background(() => {
      const device = hello.token === null ? undefined : this.#network.devices.byToken(hello.token);
      if (device !== undefined) this.#signIn(device);
      else this.#network.store.afterCommit(() => this.#startLinking(hello.wantsQr));
    });
  }

  #startLinking(wantsQr: boolean): void {
    if (this.#phase === "closed") return;
    this.#phase = "linking";
    if (wantsQr) this.#showQr(1);
  }

  #showQr(attempt: number): void {
    const { linking, clock } = this.#network;
    if (attempt > QR_PER_CONNECTION) {
      this.#stopLinking();
      return this.#post({ type: "qr_idle" });
    }
    const validFor = attempt === 1 ? linking.times.firstQrMs : linking.times.nextQrMs;
    this.#post({ type: "qr", text: linking.showQr(this), attempt, expiresAt: Date.now() + validFor });
    this.#cancelQr = clock.after(validFor, () => this.#showQr(attempt + 1));
  }

  #stopLinking(): void {
    this.#cancelQr?.();
    this.#cancelQr = null;
    this.#network.linking.withdraw(this);
  }

  linked(device: Device, token: string): void {
    if (this.#phase !== "linking") return;
    this.#stopLinking();
    this.#phase = "authenticating";
    this.#post({ type: "linked", token });
    this.#network.store.background(() => this.#signIn(device));
  }

  /** Must be called inside a transaction; the device is signed in after the commit. */
  #signIn(device: Device): void {
    const { store, devices, accounts, queue, faults } = this.#network;
    const { id, lid, name, tenant, business, addressing } = accounts.get(device.account);
    devices.markSeen(device.id, 0);
    const pending = queue.size(device.id);
    store.afterCommit(() => {
      const { disconnectedFor, unlink } = faults.of({ id, tenant });
      if (this.#phase === "closed") return;
      if (disconnectedFor > 0) return this.cut();
      this.account = id;
      this.tenant = tenant;
      this.deviceId = device.id;
      if (unlink !== null) return this.dismiss(unlink);
      this.#network.hub.add(this);
      this.#phase = "ready";
      this.#feed = new Feed(
        this.#network,
        this.#out,
        { device: device.id, account: id, sentBefore: device.given_seq },
        () => this.#latency(),
      );
      this.#post({
        type: "ready",
        me: { id, lid, name, business: business === 1, device: device.id, addressing },
        pending,
        mediaPort: this.#network.mediaPort,
      });
      this.#feed.pump();
    });
  }

  #request({ id, op, input }: Request): void {
    if (!isOperationName(op)) return this.#refuse(id, "invalid", `${op} is not an operation`);
    const { store, linking, devices, hub } = this.#network;
    if (op === "pairingCode" && this.#phase !== "ready")
      return this.#runRequest(id, () => linking.requestCode(this, input));
    if (op === "pairingCode") return this.#refuse(id, "refused", "the device is already linked");
    if (this.#phase !== "ready") return this.#refuse(id, "not_linked", "the device is not linked");
    if (op !== "logout")
      return this.#runRequest(
        id,
        () => perform(this.#network, op, { account: this.account, device: this.deviceId }, input),
        op === "send",
      );
    this.#runRequest(id, () => {
      devices.unlink(this.deviceId);
      store.afterCommit(() => hub.device(this.deviceId)?.dismiss("logout"));
      return {};
    });
  }

  /**
   * Runs the request in one transaction with those that arrived at the same time, and answers after the commit. A
   * device that sends requests faster than they are served is not read from until it has fewer in flight.
   */
  #runRequest(id: number, run: () => unknown, isSend = false): void {
    if (++this.#requestsInFlight === MAX_REQUESTS_IN_FLIGHT) this.#socket.pause();
    const { store } = this.#network;
    const work = store.write(() => {
      let output: unknown;
      // Registered before the request runs, so that the answer precedes the events that the request causes.
      store.afterCommit(() => this.#answer(id, output, isSend));
      output = run();
    });
    work
      .catch((error: unknown) => this.#fail(id, error))
      .finally(() => {
        if (this.#requestsInFlight-- === MAX_REQUESTS_IN_FLIGHT) this.#socket.resume();
      });
  }

  #answer(id: number, output: unknown, isSend: boolean): void {
    const { ackDelayMs, dropAcks } = this.#faults();
    if (isSend && dropAcks) return;
    const { value, lids } = this.#network.addresses.shownTo(this.account, output);
    const reply = { type: "reply", id, output: value, lids } as const;
    if (isSend && ackDelayMs > 0) this.#network.clock.after(ackDelayMs, () => this.#post(reply));
    else this.#post(reply);
  }

  #fail(id: number, error: unknown): void {
    if (error instanceof Refusal) return this.#refuse(id, error.code, error.message);
    this.#network.onError(error);
    this.cut();
  }

  #refuse(id: number, code: WireErrorCode, detail: string): void {
    this.#post({ type: "error", id, code, detail });
  }

  #faults() {
    return this.#network.faults.of({ id: this.account, tenant: this.tenant });
  }

  #latency(): number {
    return this.account === "" ? 0 : this.#faults().latencyMs;
  }

  #post(frame: ServerFrame): void {
    if (this.#phase === "closed") return;
    if (this.#out.backlog > BACKLOG_LIMIT) return this.cut();
    this.#out.send(frame, this.#latency());
  }

  pump(): void {
    if (this.#phase === "ready") this.#feed?.pump();
  }

  sendLive(event: LiveEvent): void {
    if (this.#out.backlog >= LIVE_BACKLOG_LIMIT) return;
    const { value, lids } = this.#network.addresses.shownTo(this.account, event);
    this.#post({ type: "live", event: value, lids });
  }

  dismiss(reason: UnlinkReason): void {
    this.#post({ type: "unlinked", reason });
    this.closed();
    this.#out.close();
  }

  cut(): void {
    this.closed();
    this.#out.terminate();
  }

  /** Releases everything that belongs to the connection. Idempotent. */
  closed(): void {
    if (this.#phase === "closed") return;
    this.#stopLinking();
    this.#phase = "closed";
    const feed = this.#feed;
    this.#feed = null;
    if (feed === null) return;
    const { hub, store, devices, presence } = this.#network;
    hub.remove(this);
    store.background(() => {
      devices.markSeen(this.deviceId, feed.lastSent);
      presence.forgetDevice(this.deviceId, this.account);
    });
  }
}
