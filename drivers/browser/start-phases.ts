/** The phases of a browser's start, each with a deadline of its own. Waiting for a person to scan is not one of them. */
import type { Page } from "puppeteer";
import type { SessionReason } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";
import type { Evidence } from "../driver.ts";
import { keepScreenshot } from "./failure-screenshot.ts";

/**
 * `profile`: no other browser is on the profile. `launch`: Chromium has a page. `page`: WhatsApp Web is loaded.
 * `library`: the library listens, or a code is shown. `link`: the page shows a state of its connection.
 */
export type StartPhase = "profile" | "launch" | "page" | "library" | "link";

/** In ms. The last three depend on WhatsApp's servers, and on how busy this machine is. */
export const PHASE_DEADLINES: Readonly<Record<StartPhase, number>> = {
  profile: 30_000,
  launch: 30_000,
  page: 60_000,
  library: 120_000,
  link: 120_000,
};

/** A phase that took too long. */
class PhaseOverdue extends DriverError {
  readonly phase: StartPhase;

  constructor(phase: StartPhase, ms: number) {
    super("unknown", `the phase "${phase}" of the start took longer than ${ms / 1_000} s`);
    this.phase = phase;
  }
}

/** Another browser took the profile's lock while this one was being started. */
export class ProfileTaken extends DriverError {
  constructor() {
    super("unknown", "another browser has just taken the profile");
  }
}

export interface StartListener {
  readonly onPhase: (evidence: Evidence) => void;
  /** A phase took too long; `within` rejects as well. */
  readonly onOverdue: () => void;
}

export class StartPhases {
  readonly #listener: StartListener;
  readonly #deadlines: Readonly<Record<StartPhase, number>>;
  readonly #overdue = Promise.withResolvers<never>();
  #timer: NodeJS.Timeout | undefined;
  #current: StartPhase | undefined;
  #isOver = false;
  #picture: Evidence = {};

  constructor(listener: StartListener, deadlines = PHASE_DEADLINES) {
    this.#listener = listener;
    this.#deadlines = deadlines;
    // Between two phases no one may be waiting for it.
    this.#overdue.promise.catch(() => undefined);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** What was on the page when the start failed. */
  get picture(): Evidence {
    return this.#picture;
  }

  /** The start has failed: keeps what the page shows. */
  async keepPicture(profileDir: string, page: Page | null): Promise<void> {
    this.#picture = await keepScreenshot(profileDir, page);
  }

  /** The phase that the start is in; nothing when it is over. */
  get evidence(): Evidence {
    return this.#current === undefined ? {} : { startPhase: this.#current };
  }

  /** Why the start failed. The codes of Chromium's network errors begin with `net::ERR_`. */
  reasonOf(error: unknown, isSandbox: boolean): SessionReason {
    if (error instanceof ProfileTaken) return "profile_in_use";
    if (error instanceof PhaseOverdue) return error.phase === "profile" ? "profile_in_use" : "start_timeout";
    if (!String(error).includes("net::ERR_")) return "driver_error";
    if (/net::ERR_(?:PROXY|TUNNEL)/.test(String(error))) return "proxy_failed";
    return isSandbox ? "sandbox_unreachable" : "network_lost";
  }

  /** Begins the phase and its deadline, unless it has begun or the start is over. */
  enter(phase: StartPhase): void {
    if (this.#isOver || this.#current === phase) return;
    clearTimeout(this.#timer);
    this.#current = phase;
    this.#listener.onPhase({
      browser: phase === "profile" || phase === "launch" ? "starting" : "up",
      startPhase: phase,
    });
    this.#timer = setTimeout(() => {
      this.#overdue.reject(new PhaseOverdue(phase, this.#deadlines[phase]));
      this.#listener.onOverdue();
    }, this.#deadlines[phase]);
  }

  /** The result of the work, or a PhaseOverdue as soon as the phase that the start is in takes too long. */
  within<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#overdue.promise]);
  }

  /** The start is over, with or without success. */
  end(): void {
    clearTimeout(this.#timer);
    this.#current = undefined;
    this.#isOver = true;
  }
}
