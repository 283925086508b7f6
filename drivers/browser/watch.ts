/** Everything that watches one browser: its process and page, its connection, its acknowledgements and its lease. */
import type { Page } from "puppeteer";
import type { SessionReason } from "../../contracts/states.ts";
import type { ConnectionState, Evidence } from "../driver.ts";
import { Acknowledgements } from "./acknowledgements.ts";
import type { History, PageState } from "./connection-state.ts";
import { DeadMansSwitch } from "./dead-mans-switch.ts";
import type { PageCalls } from "./page-calls.ts";
import { ANSWER_WITHIN_MS, Reachability } from "./reachability.ts";
import { Supervision } from "./supervision.ts";

const READ_EVERY_MS = 5_000;

export interface WatchListener {
  /** What is observed may mean another state. */
  readonly onChange: () => void;
  /** The page missed a heartbeat, or answers again. */
  readonly onFrozen: (isFrozen: boolean) => void;
  /** The browser can no longer be used, or waiting for it has not helped. */
  readonly onEnd: (reason: SessionReason, evidence: Evidence) => void;
}

export class Watch {
  readonly acknowledgements: Acknowledgements;
  readonly #listener: WatchListener;
  #supervision: Supervision | undefined;
  #reach: Reachability | undefined;
  #switch: DeadMansSwitch | undefined;

  constructor(listener: WatchListener) {
    this.#listener = listener;
    this.acknowledgements = new Acknowledgements({
      onChange: listener.onChange,
      onReload: () => this.#reach?.reload(),
      onGiveUp: () => listener.onEnd("not_acknowledged", { browser: "up", ...this.evidence }),
    });
  }

  start(page: Page, calls: PageCalls): void {
    const { onFrozen, onEnd } = this.#listener;
    this.#switch = new DeadMansSwitch(page);
    this.#supervision = new Supervision(page, calls, {
      onFrozen,
      onEnd: (reason) => onEnd(reason, { browser: reason === "browser_died" ? "down" : "up" }),
    });
    this.#supervision.start();
    this.#reach = new Reachability(page, () => onEnd("network_lost", { browser: "up", ...this.evidence }));
  }

  /** The page has answered, with this. */
  observe(page: PageState | null): void {
    this.#supervision?.noteAnswer();
    if (page !== null) this.#reach?.observe(page.pulse);
  }

  /** ms until the page of a connected session is to be read again. */
  get interval(): number {
    return this.#reach?.isAwaiting === true ? ANSWER_WITHIN_MS : READ_EVERY_MS;
  }

  /** When WhatsApp's server last answered. */
  get evidence(): Evidence {
    return this.#reach?.evidence ?? {};
  }

  get findings(): Pick<History, "isSilent" | "isUnacknowledged"> {
    return { isSilent: this.#reach?.isSilent === true, isUnacknowledged: this.acknowledgements.isMissing };
  }

  /** Follows the session's state. */
  follow(state: ConnectionState): void {
    if (state === "reconnecting") this.acknowledgements.reset();
    this.#reach?.follow(state);
  }

  /** The page shows a connection. */
  noteConnection(): void {
    this.#reach?.note();
  }

  /** The node's lease was renewed. */
  renew(trustedFor: number): void {
    this.#switch?.renew(trustedFor);
  }

  stop(): void {
    this.#supervision?.stop();
    this.#reach?.stop();
    this.acknowledgements.stop();
  }
}
