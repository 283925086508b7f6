/**
 * One session's browser, from launch to close: it derives the connection's state from the page and reports every
 * change.
 */
import { within } from "../../concurrency/deadline.ts";
import type { SessionReason } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";
import { changeWindowOf } from "../coalescer.ts";
import type { ConnectionState, DriverLog, DriverOptions, DriverSink, Evidence, Me } from "../driver.ts";
import { UnknownShapes } from "../unknown-shapes.ts";
import { closeBrowser, startBrowser } from "./chromium.ts";
import {
  deriveState,
  evidenceOf,
  isUnlinked,
  meOf,
  pairingFailureOf,
  readPageState,
  removeDevice,
  type PageState,
} from "./connection-state.ts";
import { EventReporter } from "./event-reporter.ts";
import { keepScreenshot } from "./failure-screenshot.ts";
import { LoginCodes } from "./login-codes.ts";
import { LoginKeeper } from "./login-keeper.ts";
import { watchPage } from "./page-watch.ts";
import { Polling } from "./polling.ts";
import { reap } from "./processes.ts";
import { userDataDirOf } from "./profile-lock.ts";
import type { BrowserSettings } from "./settings.ts";
import { PHASE_DEADLINES, StartPhases } from "./start-phases.ts";
import { SyncCheckpoint } from "./sync-checkpoint.ts";
import { UnknownStep } from "./unknown-step.ts";
import { Watch } from "./watch.ts";
import { WebClient } from "./web-client.ts";

/** After this time a page that was loaded again, and in which the library is not ready, is given up. */
const LOADED_WITHIN_MS = PHASE_DEADLINES.library;
const FLUSH_WITHIN_MS = 2_000;
/** The library reports most changes of the page's state; polling finds the others. */
const POLL_MS = 1_000;
const QUEUE = "connection";

type EndState = Extract<ConnectionState, "closed" | "failed" | "logged_out">;

export class BrowserSession {
  readonly #options: DriverOptions;
  readonly #log: DriverLog;
  readonly #reporter: EventReporter;
  readonly #unknown: UnknownShapes;
  readonly #checkpoint: SyncCheckpoint;
  readonly #codes: LoginCodes;
  readonly #login: LoginKeeper;
  #client: WebClient | undefined;
  #opening: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;
  #state: ConnectionState = "starting";
  #wasLinked = false;
  #wasConnected = false;
  #hasGap = true;
  /** When the page last showed a usable state; Unix ms. */
  #loadedAt = Date.now();
  #isFrozen = false;
  #isLoggingOut = false;
  #isEnded = false;
  readonly #unknownStep = new UnknownStep();
  readonly #over = new AbortController();
  readonly #phases = new StartPhases({
    // The library reports a code before it has finished; the state must not go back behind that.
    onPhase: (evidence) => void (this.#codes.isShown || this.#report("starting", null, evidence)),
    onOverdue: () => this.#giveUpStart(),
  });

  readonly #watch = new Watch({
    onChange: () => this.#polling.now(),
    onFrozen: (isFrozen) => this.#setFrozen(isFrozen),
    onEnd: (reason, evidence) => void this.#end("closed", reason, evidence),
  });

  readonly #polling = new Polling(
    () => this.#applyPageState(),
    () => (this.#state === "connected" ? this.#watch.interval : POLL_MS),
  );

  constructor(options: DriverOptions, sink: DriverSink, log: DriverLog) {
    this.#options = options;
    this.#log = log;
    this.#reporter = new EventReporter(sink, log);
    this.#unknown = new UnknownShapes((event) => void this.#reporter.report("unknown shapes", () => event));
    this.#codes = new LoginCodes((event) => void this.#reporter.report(QUEUE, () => event));
    this.#login = new LoginKeeper(options, log);
    this.#checkpoint = new SyncCheckpoint(options.profileDir, log);
  }

  /** Starts Chromium; resolves as soon as that is under way. */
  async open(settings: BrowserSettings): Promise<void> {
    await this.#checkpoint.load(this.#options.stored);
    this.#wasLinked = this.#checkpoint.wasLinked;
    this.#opening = this.#launch(settings).catch((error: unknown) => this.#failToStart(error));
  }

  /** The web client of a connected session; throws `not_connected` otherwise. */
  get connected(): WebClient {
    if (this.#state !== "connected" && this.#state !== "degraded")
      throw new DriverError("not_connected", `the session is not connected, it is ${this.#state}`);
    return this.running;
  }

  /** The web client, connected or not. Throws `not_sent` when the browser is not running. */
  get running(): WebClient {
    if (this.#client === undefined || this.#isEnded) throw new DriverError("not_sent", "the browser is not running");
    return this.#client;
  }

  /** The node's lease was renewed; see `Driver.renewed`. */
  renewed(trustedFor: number): void {
    if (!this.#isEnded) this.#watch.renew(trustedFor);
  }

  /** Removes this device from the account and closes. */
  async logout(): Promise<void> {
    const { page } = this.connected;
    this.#isLoggingOut = true;
    await removeDevice(page).finally(() => (this.#isLoggingOut = false));
    await this.#end("logged_out", "logged_out_here", { browser: "up", registered: false });
    await this.close();
  }

  /** Closes the browser and keeps the profile. Idempotent; resolves when all its processes have ended. */
  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #launch(settings: BrowserSettings): Promise<void> {
    const onWait = (holder: string) =>
      this.#report("starting", "profile_in_use", { ...this.#phases.evidence, browser: "starting", holder });
    const wait = { signal: this.#over.signal, onWait };
    const prepare = () => this.#login.restore();
    const given = { options: this.#options, settings, callbacks: this.#codes, log: this.#log, prepare };
    const library = await startBrowser(given, this.#phases, wait);
    if (this.#isEnded) return void (await closeBrowser(library.waPage));
    this.#phases.enter("library");
    const client = new WebClient({
      library,
      reporter: this.#reporter,
      unknown: this.#unknown,
      checkpoint: this.#checkpoint,
      acknowledgements: this.#watch.acknowledgements,
      log: this.#log,
      changeWindow: changeWindowOf(this.#options.settings),
      rejectMedia: this.#options.rejectMedia,
      onConnectionChange: this.#polling.now,
    });
    this.#client = client;
    this.#watch.start(library.waPage, client.page);
    this.#loadedAt = Date.now();
    await client.listen();
    this.#polling.now();
  }

  /** Before the library is there, the launch itself rejects. */
  #giveUpStart(): void {
    if (this.#client !== undefined) void this.#failStart("start_timeout", this.#phases.evidence);
  }

  /** The page does not become what it should. What it shows is kept for people. */
  async #failStart(reason: SessionReason, evidence: Evidence): Promise<void> {
    if (this.#isEnded) return;
    const picture = await keepScreenshot(this.#options.profileDir, this.#client?.library.waPage);
    await this.#end(reason === "unknown_step" ? "failed" : "closed", reason, {
      browser: "up",
      ...evidence,
      ...picture,
    });
  }

  async #failToStart(error: unknown): Promise<void> {
    const reason = this.#phases.reasonOf(error, this.#options.sandbox !== null);
    const evidence = { error: String(error), ...this.#phases.evidence, ...this.#phases.picture };
    await this.#end("failed", reason, { browser: "down", ...evidence });
  }

  /** A page that does not answer shows nothing new; the watch decides whether it is alive. */
  async #applyPageState(): Promise<void> {
    if (this.#isFrozen || this.#client === undefined) return;
    const page = await readPageState(this.#client.page).catch(() => undefined);
    if (page !== undefined) this.#watch.observe(page);
    if (page?.isWatched === false) await this.#watchLoadedPage(this.#client);
    // A page is loaded once it waits to be linked, or the library listens: without its listeners no event would arrive.
    // One that is not registered may also be one whose storage could not be opened, which stays like that for good.
    if (page && (page.isListening || isUnlinked(page))) {
      this.#loadedAt = Date.now();
      this.#phases.enter("link");
    } else if (this.#phases.isOver && Date.now() - this.#loadedAt > LOADED_WITHIN_MS)
      return this.#failStart(this.#wasConnected ? "page_frozen" : "start_timeout", {
        page: "loading",
        ...(page ? { registered: page.registered, socket: page.socket } : {}),
      });
    if (page === undefined || this.#isEnded || this.#isFrozen || this.#isLoggingOut) return;
    if (page?.registered === true) this.#wasLinked = true;
    if (page !== null && this.#unknownStep.isReached(page, isUnlinked(page)))
      return this.#failStart("unknown_step", evidenceOf(page));
    await this.#applyDerivedState(page);
  }

  /** The page was loaded or reloaded; while it loaded, events were lost. */
  async #watchLoadedPage({ page }: WebClient): Promise<void> {
    this.#markGap();
    const isPairing = this.#options.pairingPhone !== null;
    await watchPage(page, { isPairing, hasCode: this.#codes.isShown }).catch(() => undefined);
  }

  async #applyDerivedState(page: PageState | null): Promise<void> {
    const derived = deriveState(page, {
      wasLinked: this.#wasLinked,
      wasConnected: this.#wasConnected,
      isPairing: this.#options.pairingPhone !== null,
      ...this.#watch.findings,
    });
    if (derived === null) return;
    const { state, reason } = derived;
    if (state === "failed" || state === "logged_out") return this.#end(state, reason, evidenceOf(page));
    const restorable = reason === "profile_damaged" ? await this.#login.requestRestore() : null;
    if (restorable !== null) return this.#end("closed", reason, { ...evidenceOf(page), ...restorable });
    if (page?.linking === "refused") this.#codes.refuse(pairingFailureOf(page));
    if (state === "connected" && this.#hasGap) this.#closeGap();
    if (state === this.#state) return;
    if (state === "connected") this.#watch.noteConnection();
    const evidence = { ...evidenceOf(page), ...this.#watch.evidence };
    this.#report(state, reason, evidence, state === "connected" && page !== null ? meOf(page) : undefined);
    if (state === "connected") this.#wasConnected = true;
    else this.#markGap();
  }

  #markGap(): void {
    this.#hasGap = true;
    this.#checkpoint.markGap();
  }

  /** Reads back missed messages. A device that was only just linked has missed none. */
  #closeGap(): void {
    this.#hasGap = false;
    this.#client?.watchChanges();
    if (this.#checkpoint.wasLinked) this.#client?.readMissed();
    else this.#checkpoint.begin(Date.now());
  }

  #setFrozen(isFrozen: boolean): void {
    this.#isFrozen = isFrozen;
    if (isFrozen) this.#report("degraded", "page_frozen", { browser: "up", page: "frozen" });
    else this.#polling.now();
  }

  #report(state: ConnectionState, reason: SessionReason | null, evidence: Evidence, me?: Me): void {
    this.#state = state;
    if (state !== "starting") this.#phases.end();
    this.#watch.follow(state);
    const event = { type: "state", state, reason, evidence, ...(me === undefined ? {} : { me }) } as const;
    void this.#reporter.report(QUEUE, () => event);
  }

  /** The session is over: calls in flight fail immediately, the state is reported, and the browser is closed. */
  async #end(state: EndState, reason: SessionReason | null, evidence: Evidence): Promise<void> {
    if (this.#isEnded) return;
    this.#stopWatching(reason ?? state);
    if (state === "logged_out" || reason === "banned") await this.#checkpoint.noteUnlinked();
    this.#report(state, reason, evidence);
    this.close().catch((error: unknown) => this.#log("warn", "browser not closed", { error: String(error) }));
  }

  #stopWatching(reason: string): void {
    this.#isEnded = true;
    this.#over.abort();
    this.#phases.end();
    this.#polling.stop();
    this.#watch.stop();
    this.#client?.fail(reason);
  }

  async #shutDown(): Promise<void> {
    this.#unknown.flush();
    if (!this.#isEnded) {
      // Gives events a moment to be stored: their media may still be in the page.
      this.#client?.flushChanges();
      await within(this.#reporter.flush(), FLUSH_WITHIN_MS, () => new Error("late")).catch(() => undefined);
    }
    this.#stopWatching("the session is being stopped");
    // Until the launch returns a browser, its processes are known by their profile only.
    if (this.#client === undefined) await reap(userDataDirOf(this.#options));
    await this.#opening;
    if (this.#client !== undefined && (await closeBrowser(this.#client.library.waPage)) && this.#wasConnected)
      await this.#login.save();
    // An old checkpoint only means that more is read back; closing the browser must not fail because of it.
    await this.#checkpoint
      .save()
      .catch((error: unknown) => this.#log("warn", "sync checkpoint not written", { error: String(error) }));
  }
}
