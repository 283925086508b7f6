/**
 * A session's actor: it owns the session's driver, restarts it when it fails, and derives the session's state from what
 * the driver reports. It works the same in the main thread and in a worker thread, and uses no database: it reports
 * events and waits until they are stored.
 */
import { requireOperation, requirePairingCode, requireSendable } from "../drivers/capabilities.ts";
import { DriverStartError } from "../drivers/driver.ts";
import type { Driver, DriverEvent, DriverModule, Evidence, OperationName, SandboxEndpoint } from "../drivers/driver.ts";
import { DriverError, type OutboundMessage, type SendReceipt } from "../contracts/transport.ts";
import type { SessionReason, SessionState } from "../contracts/states.ts";
import { sanitizeText } from "../contracts/text.ts";
import { within } from "../concurrency/deadline.ts";
import { actorDeadline } from "../contracts/deadlines.ts";
import { durationOf } from "./host.ts";
import type { ActorLog } from "../contracts/log.ts";
import { SerialQueue } from "../concurrency/serial-queue.ts";
import { overdue, toDriverError } from "./call-failures.ts";
import type { ActorCall, ActorSpec, ActorEvent } from "./protocol.ts";
import { LinkWaiters } from "./link-waiters.ts";
import { Pairing } from "./pairing.ts";
import { Recovery } from "./recovery.ts";
import { takeScreenshot } from "./screenshot.ts";

type StateEvent = Extract<DriverEvent, { type: "state" }>;

/** Reasons after which the account no longer exists, and no device can be removed from it. */
const ACCOUNT_GONE: ReadonlySet<SessionReason> = new Set(["banned", "tos_block"]);

/** Events that mean nothing once their driver has been replaced. */
const ABOUT_CONNECTION: ReadonlySet<DriverEvent["type"]> = new Set(["state", "qr", "pairing_code", "pairing_refused"]);

/** States in which the session waits to be linked to an account. */
const ASKS_FOR_LINK: ReadonlySet<SessionState> = new Set(["qr", "pairing"]);

export interface ActorDependencies {
  readonly driver: Pick<DriverModule, "capabilities" | "create" | "keptScreenshot">;
  readonly report: (event: ActorEvent) => Promise<void>;
  /** Resolves when the driver may be started again after a failure, with the place of the sandbox if there is one. */
  readonly mayRestart: () => Promise<SandboxEndpoint | null>;
  readonly log: ActorLog;
}

export class SessionActor {
  readonly #spec: ActorSpec;
  readonly #dependencies: ActorDependencies;
  readonly #tasks = new SerialQueue();
  readonly #recovery = new Recovery(
    () => void this.#recover().catch((error: unknown) => this.#warn("recovery failed", error)),
  );
  #driver: Driver | undefined;
  /** It may have moved since the actor was created. */
  #sandbox: SandboxEndpoint | null;
  /**
   * Incremented whenever the driver is created or closed, so that late events about an old driver's connection are
   * ignored. Its messages are still reported.
   */
  #generation = 0;
  readonly #pairing: Pairing;
  readonly #linkWaiters = new LinkWaiters();
  #state: SessionState = "starting";
  #reason: SessionReason = "requested";
  /** Set once the driver reports that the device was removed from the account. */
  #isUnlinked = false;
  #ended = false;

  constructor(spec: ActorSpec, dependencies: ActorDependencies) {
    this.#spec = spec;
    this.#dependencies = dependencies;
    this.#sandbox = spec.options.sandbox;
    this.#pairing = new Pairing(spec.options.pairingPhone);
  }

  /** Starts the driver; its progress and failures are reported as events. */
  start(): Promise<void> {
    return this.#tasks.run(() => this.#open());
  }

  /** The node's lease was renewed; see `Driver.renewed`. */
  renewed(trustedFor: number): void {
    this.#driver?.renewed?.(trustedFor);
  }

  /** Runs the call; rejects with a DriverError, at the latest after the call's deadline. */
  async handle(call: ActorCall): Promise<unknown> {
    const deadline = actorDeadline(durationOf(call));
    return within(this.#answer(call).catch(toDriverError), deadline, () => overdue(call, deadline));
  }

  #answer(call: ActorCall): Promise<unknown> {
    switch (call.kind) {
      case "send":
        return this.#send(call.message);
      case "find":
        return this.#ready().find(call.message);
      case "operation":
        return this.#operate(call.name, call.input);
      case "pair":
        return this.#pair(call.phone);
      case "stop":
        return this.#tasks.run(() => this.#end("stopped", call.reason));
      case "logout":
        return this.#logout();
    }
  }

  get #isUp(): boolean {
    return this.#state === "connected" || this.#state === "degraded";
  }

  /** True when the account has no device that could be removed. */
  get #hasNoDevice(): boolean {
    return this.#isUnlinked || ASKS_FOR_LINK.has(this.#state) || ACCOUNT_GONE.has(this.#reason);
  }

  #ready(): Driver {
    if (this.#driver === undefined || !this.#isUp) {
      throw new DriverError("not_connected", `the session is not connected, it is ${this.#state}`);
    }
    return this.#driver;
  }

  /** The driver, connected or not. */
  #running(): Driver {
    if (this.#driver === undefined) throw new DriverError("not_connected", "the driver is not running");
    return this.#driver;
  }

  async #send(message: OutboundMessage): Promise<SendReceipt> {
    const driver = this.#ready();
    requireSendable(this.#dependencies.driver.capabilities, message);
    return driver.send(message);
  }

  async #operate(name: OperationName, input: unknown): Promise<unknown> {
    const { driver } = this.#dependencies;
    const { profileDir } = this.#spec.options;
    if (name === "screenshot") return takeScreenshot({ driver, profileDir, running: () => this.#running() }, input);
    const operation = requireOperation(driver.capabilities, name, () => this.#ready());
    return (operation as (input: unknown) => Promise<unknown>)(input);
  }

  /** Restarts the driver with the phone's number, unless that was done for it already, and waits for the code. */
  async #pair(phone: string): Promise<unknown> {
    requirePairingCode(this.#dependencies.driver.capabilities);
    const underWay = this.#driver && this.#pairing.underWay(phone);
    if (underWay !== undefined) return underWay;
    const code = this.#pairing.request(phone);
    await this.#tasks.run(() => this.#reopen());
    return code;
  }

  async #reopen(): Promise<void> {
    await this.#closeDriver();
    await this.#open();
  }

  async #logout(): Promise<void> {
    // A linked session that is still connecting must be connected before its device can be removed.
    if (!this.#isUp && !this.#hasNoDevice) await this.#linkWaiters.wait(20_000);
    await this.#tasks.run(async () => {
      try {
        if (!this.#ended && !this.#hasNoDevice) await this.#ready().logout();
      } catch (error) {
        if (!this.#isUnlinked) return this.#endLinked(error);
      }
      await this.#end("logged_out", "logged_out_here");
    });
  }

  /** The device is still linked: the driver must stop, and the state must not claim that it was removed. */
  async #endLinked(error: unknown): Promise<never> {
    this.#warn("device not removed from the account", error);
    await this.#end("stopped", "logout_failed");
    throw error;
  }

  /** It waits outside of the queue of tasks, so that a stop does not wait for it. */
  async #recover(): Promise<void> {
    this.#sandbox = (await this.#dependencies.mayRestart()) ?? this.#sandbox;
    await this.#tasks.run(() => this.#open());
  }

  async #open(): Promise<void> {
    // The driver may be running again meanwhile, for a pairing code.
    if (this.#ended || this.#driver !== undefined) return;
    const generation = ++this.#generation;
    // A retry is not a start that someone requested: the state stays what the last failure made it.
    if (this.#recovery.isFirst)
      await this.#report({ type: "state", state: "starting", reason: "requested", evidence: {} });
    const options = { ...this.#spec.options, sandbox: this.#sandbox, pairingPhone: this.#pairing.phone };
    const driver = this.#dependencies.driver.create(
      options,
      (event) => this.#onDriverEvent(event, generation),
      (level, message, details) =>
        this.#dependencies.log(level, message, { ...details, sessionId: this.#spec.sessionId }),
    );
    this.#driver = driver;
    try {
      await within(driver.start(), 90_000, () => new Error("the driver did not start within 90 s"));
    } catch (error) {
      this.#warn("driver did not start", error);
      await this.#closeDriver();
      const reason = error instanceof DriverStartError ? error.reason : "driver_error";
      await this.#retryOrFail(reason, { error: String(error) });
    }
  }

  async #onDriverEvent(event: DriverEvent, generation: number): Promise<void> {
    if (ABOUT_CONNECTION.has(event.type) && generation !== this.#generation) return;
    if (event.type === "state") return this.#onDriverState(event);
    if (event.type === "pairing_refused") {
      this.#pairing.refuse(event.failure);
      return this.#queueDetached(() => this.#reopen());
    }
    if (event.type === "pairing_code") this.#pairing.show(event);
    await this.#report(event);
  }

  async #onDriverState(event: StateEvent): Promise<void> {
    switch (event.state) {
      case "connected":
        this.#pairing.end();
        this.#recovery.connected();
        await this.#report({ ...event, state: "connected", reason: event.reason ?? "linked" });
        return this.#linkWaiters.resolve();
      case "logged_out":
        this.#isUnlinked = true;
        this.#queueDetached(() => this.#end("logged_out", event.reason ?? "logged_out_on_phone"));
        return;
      case "closed":
      case "failed":
        this.#queueDetached(async () => {
          await this.#closeDriver();
          await this.#retryOrFail(event.reason ?? "driver_error", event.evidence);
        });
        return;
      default:
        if (event.state === "starting" && event.reason === null && !this.#recovery.isFirst) return;
        await this.#report({
          ...event,
          state: event.state,
          reason: event.reason ?? (ASKS_FOR_LINK.has(event.state) ? "link_required" : "requested"),
        });
        if (ASKS_FOR_LINK.has(event.state)) this.#linkWaiters.resolve();
    }
  }

  /**
   * Queues a task that stops the driver. The driver's event must not wait for it: the driver that is being stopped is
   * the one that reported the event.
   */
  #queueDetached(task: () => Promise<void>): void {
    this.#generation += 1;
    void this.#tasks.run(task).catch((error: unknown) => this.#warn("actor task failed", error));
  }

  /** Schedules a restart after the driver has ended, or reports `failed` when a restart would not help. */
  async #retryOrFail(reason: SessionReason, evidence: Evidence): Promise<void> {
    if (this.#ended) return;
    const { state, reason: shown, retryInMs } = this.#recovery.after(reason);
    const details = retryInMs === null ? evidence : { ...evidence, retryInMs };
    await this.#report({ type: "state", state, reason: shown, evidence: details });
  }

  async #end(state: "stopped" | "logged_out", reason: SessionReason): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#recovery.cancel();
    this.#pairing.end();
    await this.#closeDriver();
    await this.#report({ type: "state", state, reason, evidence: {} });
  }

  /** Stops the driver. A failure is only logged: the state must change anyway, and the next start cleans up. */
  async #closeDriver(): Promise<void> {
    const driver = this.#driver;
    this.#driver = undefined;
    this.#generation += 1;
    try {
      await driver?.stop();
    } catch (error) {
      this.#warn("driver failed to stop", error);
    }
  }

  async #report(event: ActorEvent): Promise<void> {
    if (event.type === "state") ({ state: this.#state, reason: this.#reason } = event);
    // Text from WhatsApp may contain anything; text that cannot be stored must not end the session.
    await this.#dependencies.report(sanitizeText(event));
  }

  #warn(message: string, error: unknown): void {
    this.#dependencies.log("warn", message, { sessionId: this.#spec.sessionId, error: String(error) });
  }
}
