/**
 * A session's actor: it owns the session's driver, keeps it alive, and says truthfully how the session is. It does not know
 * whether it lives in a thread of its own, and it touches no database: what it learns it reports, and goes on when that is stored.
 */
import { requireOperation, requirePairingCode, requireSendable } from "../drivers/capabilities.ts";
import { DriverStartError } from "../drivers/driver.ts";
import type { Driver, DriverEvent, DriverModule, Evidence, OperationName } from "../drivers/driver.ts";
import { DriverError, type OutboundMessage, type SendReceipt } from "../contracts/transport.ts";
import type { SessionReason, SessionState } from "../contracts/states.ts";
import { sanitizeText } from "../contracts/text.ts";
import { within } from "../concurrency/deadline.ts";
import { actorDeadline } from "../contracts/deadlines.ts";
import { durationOf } from "./host.ts";
import type { ActorLog } from "../contracts/log.ts";
import { QueueFullError, SerialQueue } from "../concurrency/serial-queue.ts";
import type { ActorCall, ActorSpec, ActorEvent } from "./protocol.ts";
import { Recovery } from "./recovery.ts";

type StateEvent = Extract<DriverEvent, { type: "state" }>;

/** Reasons after which trying again by itself would do harm or no good; a person has to look. */
const FINAL: ReadonlySet<SessionReason> = new Set(["conflict", "banned", "tos_block", "browser_missing"]);

/** Reasons after which there is no account any more of which to take leave. */
const ACCOUNT_GONE: ReadonlySet<SessionReason> = new Set(["banned", "tos_block"]);

/** States of a session that no phone has linked. */
const ASKS_FOR_LINK: ReadonlySet<SessionState> = new Set(["qr", "pairing"]);

export interface ActorSurroundings {
  readonly driver: Pick<DriverModule, "capabilities" | "create">;
  readonly report: (fact: ActorEvent) => Promise<void>;
  readonly log: ActorLog;
}

export class SessionActor {
  readonly #spec: ActorSpec;
  readonly #around: ActorSurroundings;
  readonly #tasks = new SerialQueue();
  readonly #recovery = new Recovery(
    () => void this.#tasks.run(() => this.#open()).catch((error: unknown) => this.#note("recovery failed", error)),
  );
  #driver: Driver | undefined;
  /** Rises with each driver, so that an old one's late word about its link is not taken for the new one's. Messages count whoever brings them. */
  #generation = 0;
  #pairingPhone: string | null;
  #pairing: PromiseWithResolvers<{ code: string; expiresAt: number }> | undefined;
  /** Who waits to know whether there is a link. */
  #awaitingLink: (() => void)[] = [];
  #state: SessionState = "starting";
  #reason: SessionReason = "requested";
  /** Set once the driver says that the account has no such device any more. */
  #isUnlinked = false;
  #ended = false;

  constructor(spec: ActorSpec, around: ActorSurroundings) {
    this.#spec = spec;
    this.#around = around;
    this.#pairingPhone = spec.options.pairingPhone;
  }

  /** Opens the link; what comes of it is reported. */
  start(): Promise<void> {
    return this.#tasks.run(() => this.#open());
  }

  /** Does what is asked, or fails with a DriverError. */
  async handle(call: ActorCall): Promise<unknown> {
    const deadline = actorDeadline(durationOf(call));
    return within(
      this.#answer(call).catch(toDriverError),
      deadline,
      () => new DriverError("unknown", `no answer within ${deadline} ms`),
    );
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

  /** There is no device in the account that could be removed. */
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
    requireSendable(this.#around.driver.capabilities, message.content.type);
    return driver.send(message);
  }

  async #operate(name: OperationName, input: unknown): Promise<unknown> {
    const getDriver = () => (name === "screenshot" ? this.#running() : this.#ready());
    const operation = requireOperation(this.#around.driver.capabilities, name, getDriver);
    return (operation as (input: unknown) => Promise<unknown>)(input);
  }

  /** Starts anew with the phone's number, and waits for the code. */
  async #pair(phone: string): Promise<unknown> {
    requirePairingCode(this.#around.driver.capabilities);
    this.#pairing = Promise.withResolvers();
    this.#pairingPhone = phone;
    await this.#tasks.run(async () => {
      await this.#closeDriver();
      await this.#open();
    });
    return this.#pairing.promise;
  }

  async #logout(): Promise<void> {
    // A linked session that is still on its way up has to be up before it can take leave. One that asks for a link has none.
    if (!this.#isUp && !this.#hasNoDevice) await this.#linkKnownWithin(20_000);
    await this.#tasks.run(async () => {
      try {
        if (!this.#ended && !this.#hasNoDevice) await this.#ready().logout();
      } catch (error) {
        if (!this.#isUnlinked) return this.#endLinked(error);
      }
      await this.#end("logged_out", "logged_out_here");
    });
  }

  /** The device is still in the account: nothing of it may run on, and nobody may take it for removed. */
  async #endLinked(error: unknown): Promise<never> {
    this.#note("device not removed from the account", error);
    await this.#end("stopped", "logout_failed");
    throw error;
  }

  async #open(): Promise<void> {
    if (this.#ended) return;
    const generation = ++this.#generation;
    await this.#report({
      type: "state",
      state: "starting",
      reason: this.#recovery.isFirst ? "requested" : "network_lost",
      evidence: {},
    });
    const options = { ...this.#spec.options, pairingPhone: this.#pairingPhone };
    const driver = this.#around.driver.create(
      options,
      (event) => this.#hear(event, generation),
      (level, message, details) => this.#around.log(level, message, { ...details, sessionId: this.#spec.sessionId }),
    );
    this.#driver = driver;
    try {
      await within(driver.start(), 90_000, () => new Error("the driver did not start within 90 s"));
    } catch (error) {
      this.#note("driver did not start", error);
      await this.#closeDriver();
      const reason = error instanceof DriverStartError ? error.reason : "driver_error";
      await this.#fallBack(reason, { error: String(error) });
    }
  }

  async #hear(event: DriverEvent, generation: number): Promise<void> {
    const isAboutTheLink = event.type === "state" || event.type === "qr" || event.type === "pairing_code";
    if (isAboutTheLink && generation !== this.#generation) return;
    if (event.type === "state") return this.#hearState(event);
    if (event.type === "pairing_code") this.#pairing?.resolve({ code: event.code, expiresAt: event.expiresAt });
    await this.#report(event);
  }

  async #hearState(event: StateEvent): Promise<void> {
    switch (event.state) {
      case "connected":
        this.#pairingPhone = null;
        this.#recovery.settled();
        await this.#report({ ...event, state: "connected", reason: event.reason ?? "linked" });
        return this.#linkIsKnown();
      case "logged_out":
        this.#isUnlinked = true;
        this.#detach(() => this.#end("logged_out", event.reason ?? "logged_out_on_phone"));
        return;
      case "closed":
      case "failed":
        this.#detach(async () => {
          await this.#closeDriver();
          await this.#fallBack(event.reason ?? "driver_error", event.evidence);
        });
        return;
      default:
        await this.#report({
          ...event,
          state: event.state,
          reason: event.reason ?? (ASKS_FOR_LINK.has(event.state) ? "link_required" : "requested"),
        });
        if (ASKS_FOR_LINK.has(event.state)) this.#linkIsKnown();
    }
  }

  /** Runs a task in turn without making the driver's event wait for it: the task ends the very driver that speaks. */
  #detach(task: () => Promise<void>): void {
    this.#generation += 1;
    void this.#tasks.run(task).catch((error: unknown) => this.#note("actor task failed", error));
  }

  /** After a driver is gone: tries again with back-off, or waits for a person when that would do no good. */
  async #fallBack(reason: SessionReason, evidence: Evidence): Promise<void> {
    if (this.#ended) return;
    if (FINAL.has(reason)) return this.#report({ type: "state", state: "failed", reason, evidence });
    const delay = this.#recovery.next();
    const looping = this.#recovery.isLooping;
    await this.#report({
      type: "state",
      state: looping ? "failed" : "reconnecting",
      reason: looping ? "crash_loop" : reason,
      evidence: { ...evidence, retryInMs: delay },
    });
  }

  async #end(state: "stopped" | "logged_out", reason: SessionReason): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#recovery.cancel();
    this.#pairing?.reject(new DriverError("not_connected", "the session ended"));
    await this.#closeDriver();
    await this.#report({ type: "state", state, reason, evidence: {} });
  }

  /** One that does not end in order must not keep the session as it was: what it leaves is cleared away at the next start. */
  async #closeDriver(): Promise<void> {
    const driver = this.#driver;
    this.#driver = undefined;
    this.#generation += 1;
    try {
      await driver?.stop();
    } catch (error) {
      this.#note("driver did not stop in order", error);
    }
  }

  async #report(fact: ActorEvent): Promise<void> {
    if (fact.type === "state") ({ state: this.#state, reason: this.#reason } = fact);
    // What strangers and pages say may hold anything; one text that cannot be stored must not end the session.
    await this.#around.report(sanitizeText(fact));
  }

  #linkIsKnown(): void {
    for (const proceed of this.#awaitingLink.splice(0)) proceed();
  }

  /** Settles when it is connected or asks for a link, or after `ms` all the same. */
  async #linkKnownWithin(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#awaitingLink.push(resolve);
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
  }

  #note(message: string, error: unknown): void {
    this.#around.log("warn", message, { sessionId: this.#spec.sessionId, error: String(error) });
  }
}

/** The actor has too much to do: the call was not begun. */
function toDriverError(error: unknown): never {
  throw error instanceof QueueFullError ? new DriverError("not_sent", "the session is overloaded") : error;
}
