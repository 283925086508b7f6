/** The life of a session's link: Chromium is started, the link's state is derived from what the page shows, and its end is told at once. */
import { z } from "zod";
import type { SessionReason } from "../../contracts/states.ts";
import type { DriverOptions, DriverSink, Evidence, LinkState, Me } from "../driver.ts";
import { DriverError } from "../../contracts/transport.ts";
import { closeBrowser, launch, userDataDirOf } from "./chromium.ts";
import { Connection } from "./connection.ts";
import { within } from "../../concurrency/deadline.ts";
import { evidenceOf, isUnlinked, judge, meOf, readFacts } from "./link-state.ts";
import { LoginCodes } from "./login-codes.ts";
import { watchPage } from "./page-watch.ts";
import { reap } from "./processes.ts";
import { Reporter } from "./reporter.ts";
import { Supervision } from "./supervision.ts";
import { Memory } from "./sync-checkpoint.ts";

const START_WITHIN_MS = 60_000;
/** A page in which the library does not come up, such as an error page, is given up. */
const SHOWN_WITHIN_MS = 120_000;
const LOGOUT_WITHIN_MS = 20_000;
const FLUSH_WITHIN_MS = 5_000;
/** The library tells of changes; looking is for what it does not tell. */
const LOOK_EVERY_MS = 1_000;
const LOOK_WHEN_CONNECTED_MS = 5_000;
const LANE = "link";

export class Link {
  readonly #options: DriverOptions;
  readonly #reporter: Reporter;
  readonly #memory: Memory;
  #connection: Connection | undefined;
  #supervision: Supervision | undefined;
  #opening: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;
  #lookTimer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #hasNews = false;
  #state: LinkState = "starting";
  #wasLinked = false;
  #wasConnected = false;
  #missedSome = true;
  /** When the page last showed anything. */
  #shownAt = Date.now();
  #isFrozen = false;
  #isLoggingOut = false;
  #isEnded = false;

  constructor(options: DriverOptions, sink: DriverSink) {
    this.#options = options;
    this.#reporter = new Reporter(sink);
    this.#memory = new Memory(options.profileDir);
  }

  /** Starts Chromium; resolves as soon as that is under way. */
  async open(): Promise<void> {
    await this.#memory.load();
    this.#wasLinked = this.#memory.isKnown;
    this.#tell("starting", null, { browser: "starting" });
    this.#opening = this.#launch().catch((error: unknown) => this.#failToStart(error));
  }

  /** The connection while it is linked; without it, work was provably not begun. */
  get linked(): Connection {
    if (this.#state !== "connected" && this.#state !== "degraded")
      throw new DriverError("not_sent", `the session is not connected, it is ${this.#state}`);
    return this.running;
  }

  /** The connection while there is a page, whatever it shows. */
  get running(): Connection {
    if (this.#connection === undefined || this.#isEnded)
      throw new DriverError("not_sent", "the browser is not running");
    return this.#connection;
  }

  /** Removes this device from the account and ends. */
  async logout(): Promise<void> {
    const { page } = this.linked;
    this.#isLoggingOut = true;
    try {
      await page.run(z.unknown(), () => WPP.conn.logout(), undefined, LOGOUT_WITHIN_MS);
    } catch (error) {
      // The page reloads itself when it is logged out, which breaks the call off.
      if (!isUnlinked(await readFacts(page).catch(() => null)))
        throw error instanceof DriverError ? error : new DriverError("unknown", String(error));
    } finally {
      this.#isLoggingOut = false;
    }
    await this.#end("logged_out", "logged_out_here", { browser: "up", registered: false });
    await this.close();
  }

  /** Closes the browser and keeps the profile. Settles when nothing of it runs any more. */
  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #launch(): Promise<void> {
    const codes = new LoginCodes((event) => void this.#reporter.tell(LANE, () => event));
    const launching = launch(this.#options, codes);
    const client = await within(launching, START_WITHIN_MS, () => new DriverError("unknown", "start_timeout"));
    if (this.#isEnded) return closeBrowser(client.waPage);
    const connection = new Connection(client, this.#reporter, this.#memory);
    this.#connection = connection;
    this.#supervision = new Supervision(client.waPage, connection.page, {
      onFrozen: (isFrozen) => this.#freeze(isFrozen),
      onEnd: (reason) => void this.#end("closed", reason, { browser: reason === "browser_died" ? "down" : "up" }),
    });
    this.#supervision.start();
    this.#shownAt = Date.now();
    client.onStateChange(() => this.#look());
    client.onInterfaceChange(() => this.#look());
    await connection.listen();
    this.#look();
  }

  /** Why the start failed is told; the profile is free afterwards. */
  async #failToStart(error: unknown): Promise<void> {
    try {
      if (this.#connection === undefined) await reap(userDataDirOf(this.#options));
    } catch (failure) {
      process.emitWarning(`Chromium could not be ended: ${String(failure)}`);
    }
    await this.#end("failed", reasonOfFailure(error, this.#options), { browser: "down", error: String(error) });
  }

  /** Looks at the page now, once more when something happened meanwhile, and again in a while. */
  #look(): void {
    this.#hasNews = true;
    if (this.#isLooking || this.#isEnded) return;
    clearTimeout(this.#lookTimer);
    this.#isLooking = true;
    this.#hasNews = false;
    void this.#judge().finally(() => {
      this.#isLooking = false;
      if (this.#hasNews) this.#look();
      else if (!this.#isEnded)
        this.#lookTimer = setTimeout(
          () => this.#look(),
          this.#state === "connected" ? LOOK_WHEN_CONNECTED_MS : LOOK_EVERY_MS,
        );
    });
  }

  /** A page that does not answer shows nothing new; whether it is alive is for the supervision to say. */
  async #judge(): Promise<void> {
    if (this.#isFrozen || this.#connection === undefined) return;
    const isPairing = this.#options.pairingPhone !== null;
    const facts = await readFacts(this.#connection.page).catch(() => undefined);
    if (facts?.isWatched === false) {
      // The page was loaded, perhaps anew: nobody listened for a while.
      this.#miss();
      await watchPage(this.#connection.page, isPairing).catch(() => undefined);
    }
    // A linked page in which the library never came to listen shows nothing either: it would be deaf for ever.
    if (facts && (facts.isListening || !facts.registered)) this.#shownAt = Date.now();
    else if (Date.now() - this.#shownAt > SHOWN_WITHIN_MS)
      return this.#end("closed", this.#wasConnected ? "page_frozen" : "start_timeout", {
        browser: "up",
        page: "loading",
      });
    if (facts === undefined || this.#isEnded || this.#isFrozen || this.#isLoggingOut) return;
    if (facts?.registered === true) this.#wasLinked = true;
    const judgement = judge(facts, { wasLinked: this.#wasLinked, wasConnected: this.#wasConnected, isPairing });
    if (judgement === null) return;
    const { state, reason } = judgement;
    if (state === "failed" || state === "logged_out") return this.#end(state, reason, evidenceOf(facts));
    if (state === "connected" && this.#missedSome) this.#catchUp();
    if (state === this.#state) return;
    this.#tell(state, reason, evidenceOf(facts), state === "connected" && facts !== null ? meOf(facts) : undefined);
    if (state === "connected") this.#wasConnected = true;
    else this.#miss();
  }

  #miss(): void {
    this.#missedSome = true;
    this.#memory.miss();
  }

  /** After a gap what was missed is read back; a new link has missed nothing. */
  #catchUp(): void {
    this.#missedSome = false;
    if (this.#memory.isKnown) this.#connection?.catchUp();
    else this.#memory.begin(Date.now());
  }

  #freeze(isFrozen: boolean): void {
    this.#isFrozen = isFrozen;
    if (isFrozen) this.#tell("degraded", "page_frozen", { browser: "up", page: "frozen" });
    else this.#look();
  }

  #tell(state: LinkState, reason: SessionReason | null, evidence: Evidence, me?: Me): void {
    this.#state = state;
    void this.#reporter.tell(LANE, () => ({
      type: "state",
      state,
      reason,
      evidence,
      ...(me === undefined ? {} : { me }),
    }));
  }

  /** The link is over: calls in flight fail at once, the state is told, and the browser goes. */
  async #end(
    state: "closed" | "failed" | "logged_out",
    reason: SessionReason | null,
    evidence: Evidence,
  ): Promise<void> {
    if (this.#isEnded) return;
    this.#stopWatching(reason ?? state);
    if (state === "logged_out") await this.#memory.remove();
    this.#tell(state, reason, evidence);
    this.close().catch((error: unknown) => process.emitWarning(`Chromium could not be ended: ${String(error)}`));
  }

  #stopWatching(reason: string): void {
    this.#isEnded = true;
    clearTimeout(this.#lookTimer);
    this.#supervision?.stop();
    this.#connection?.die(reason);
  }

  async #shutDown(): Promise<void> {
    // What is being stored gets a moment: its media may still be in the page.
    if (!this.#isEnded)
      await within(this.#reporter.flush(), FLUSH_WITHIN_MS, () => new Error("late")).catch(() => undefined);
    this.#stopWatching("the session is being stopped");
    // A Chromium that is still being started is known by its profile only.
    if (this.#connection === undefined) await reap(userDataDirOf(this.#options));
    await this.#opening;
    if (this.#connection !== undefined) await closeBrowser(this.#connection.client.waPage);
    // A mark that was not written only means that more is read back; the end of a browser must not fail for it.
    await this.#memory
      .save()
      .catch((error: unknown) => process.emitWarning(`the driver's memory could not be written: ${String(error)}`));
  }
}

/** Chromium names the failures of the network by codes that begin so. */
function reasonOfFailure(error: unknown, { sandbox }: DriverOptions): SessionReason {
  const text = String(error);
  if (text.includes("start_timeout")) return "start_timeout";
  if (!text.includes("net::ERR_")) return "driver_error";
  return sandbox === null ? "network_lost" : "sandbox_unreachable";
}
