/**
 * Attempts due deliveries. A delivery is claimed for a limited time, so replicas share the work and a crash delays it
 * by no more than that time. The number of concurrent attempts is limited, per endpoint too, so that a slow receiver
 * does not delay the others.
 */
import type { Logger } from "moleculer";
import type { Agent } from "undici";
import { systemNow } from "../../concurrency/clock.ts";
import type { Database } from "../../db/database.ts";
import type { WebhookRow } from "../../db/models/webhook.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import {
  claimDeliveries,
  failPending,
  findDueEndpoints,
  finishDelivery,
  releaseDelivery,
  type DeliveryOutcome,
  type DeliveryRow,
} from "../../db/statements/webhooks/deliveries.ts";
import { disableEndpoint, markFailing, markWorking } from "../../db/statements/webhooks/endpoints.ts";
import { GroupCommit } from "../../db/group-commit.ts";
import { createGuardedAgent } from "../../access/outgoing/guarded-fetch.ts";
import { Poller } from "../../concurrency/poller.ts";
import type { Secrets } from "../../mixins/secrets.ts";
import type { TableAdapter } from "../../mixins/table-adapter.ts";
import { mayReadEvent, type EventSubject } from "../../access/event-scope.ts";
import type { Makers } from "../../access/makers.ts";
import { attempt, withAttempt, type AttemptResult } from "./attempt.ts";
import { createWriter } from "./formats.ts";
import { delayAfter } from "./schedule.ts";

export interface DispatcherOptions {
  readonly database: Database;
  readonly webhooks: TableAdapter<WebhookRow>;
  readonly makers: Pick<Makers, "rightsOf">;
  readonly secrets: Secrets;
  readonly logger: Logger;
  readonly allowPrivate: readonly string[];
  readonly retryDelays: readonly number[];
  /** ms between two polls for due deliveries. */
  readonly interval: number;
  /** Time limit of an attempt, in ms. */
  readonly timeout: number;
  /** Called after events have been committed. */
  readonly announce: () => void;
  /** Called after each completed attempt. */
  readonly onAttempt: (result: AttemptResult) => void;
  /** Called for each endpoint that was disabled. */
  readonly onDisabled: (reason: DisabledReason) => void;
}

type DisabledReason = "gone" | "failing" | "maker_gone";

const MAX_RUNNING = 20;
const MAX_PER_ENDPOINT = 5;
/** ms to record the result of an attempt, in addition to the attempt's own limit. */
const LEASE_MARGIN = 15_000;
/** ms of failures without a success after which an endpoint is disabled. */
const DISABLE_AFTER = 5 * 86_400_000;

export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #agent: Agent;
  readonly #poller: Poller;
  /** The outcomes of several attempts share a commit. */
  readonly #outcomes: GroupCommit<DeliveryOutcome, boolean>;
  readonly #running = new Map<string, Set<Promise<void>>>();
  #stopping = false;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#agent = createGuardedAgent({ allowPrivate: options.allowPrivate });
    this.#outcomes = new GroupCommit({
      database: options.database,
      write: async (sql, outcomes) => {
        const written: boolean[] = [];
        for (const outcome of outcomes) written.push(await finishDelivery(sql, outcome));
        return written;
      },
    });
    this.#poller = new Poller({
      name: "webhook deliveries",
      interval: options.interval,
      logger: options.logger,
      work: () => this.#claim(),
    });
  }

  start(): void {
    this.#poller.start();
  }

  /** Polls soon, because a delivery may be due. */
  wake(): void {
    this.#poller.wake();
  }

  /** Stops claiming, aborts the running attempts and releases their deliveries. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#poller.stop();
    await this.#agent.destroy();
    await Promise.all([...this.#running.values()].flatMap((runs) => [...runs]));
  }

  /** Makes one attempt at a delivery that the caller has claimed, outside the schedule. */
  async attemptOnce(endpoint: WebhookRow, delivery: DeliveryRow): Promise<DeliveryRow> {
    const result = await this.#attempt(endpoint, delivery);
    const status = result.outcome === "delivered" ? "delivered" : "failed";
    const after = {
      status,
      attempts: delivery.attempts + 1,
      log: withAttempt(delivery, result.attempt),
      finished_at: systemNow(),
      next_attempt_at: null,
    } as const;
    await this.#outcomes.submit({
      id: delivery.id,
      claim: delivery.locked_until,
      status: after.status,
      attempts: after.attempts,
      nextAttemptAt: null,
      log: after.log,
      finishedAt: after.finished_at,
    });
    return { ...delivery, ...after };
  }

  /** Disables an endpoint whose maker has no rights any more. */
  retire(tenantId: string, webhookId: string): void {
    const run = this.#options.webhooks
      .findRow(tenantId, webhookId)
      .then((endpoint) => (endpoint === null ? undefined : this.#disable(endpoint, "maker_gone", systemNow())));
    this.#track(webhookId, run, "an endpoint was not disabled");
  }

  /** The time at which a claim made at `now` expires. */
  claimUntil(now: number): number {
    return now + this.#options.timeout + LEASE_MARGIN;
  }

  #runningOf(webhookId: string): number {
    return this.#running.get(webhookId)?.size ?? 0;
  }

  get #free(): number {
    let running = 0;
    for (const runs of this.#running.values()) running += runs.size;
    return MAX_RUNNING - running;
  }

  /** Fewest running attempts first, ties in random order: four slow receivers must not occupy all attempts. */
  #inFairOrder<E extends { id: string }>(endpoints: readonly E[]): E[] {
    const ranks = new Map(endpoints.map(({ id }) => [id, this.#runningOf(id) + Math.random()]));
    return endpoints.toSorted((a, b) => ranks.get(a.id)! - ranks.get(b.id)!);
  }

  async #claim(): Promise<boolean> {
    const { database, webhooks } = this.#options;
    for (const due of this.#inFairOrder(await findDueEndpoints(database, systemNow()))) {
      const limit = Math.min(MAX_PER_ENDPOINT - this.#runningOf(due.id), this.#free);
      if (this.#stopping || this.#free <= 0) return false;
      if (limit <= 0) continue;
      const now = systemNow();
      const claimed = await claimDeliveries(database, { webhookId: due.id, now, until: this.claimUntil(now), limit });
      if (claimed.length === 0) continue;
      const endpoint = await webhooks.findRow(due.tenant_id, due.id);
      for (const delivery of claimed) this.#run(endpoint, delivery);
    }
    return false;
  }

  #run(endpoint: WebhookRow | null, delivery: DeliveryRow): void {
    // After an error the claim expires, and then the delivery is attempted again.
    this.#track(delivery.webhook_id, this.#deliver(endpoint, delivery), "webhook delivery failed unexpectedly");
  }

  #track(webhookId: string, work: Promise<void>, failure: string): void {
    const runs = this.#running.get(webhookId) ?? new Set();
    this.#running.set(webhookId, runs);
    const run = work
      .catch((error: unknown) => this.#options.logger.error(failure, { webhookId, error: String(error) }))
      .finally(() => {
        runs.delete(run);
        if (runs.size === 0) this.#running.delete(webhookId);
        this.#poller.wake();
      });
    runs.add(run);
  }

  async #attempt(endpoint: WebhookRow, delivery: DeliveryRow): Promise<AttemptResult> {
    const { secrets, allowPrivate, timeout } = this.#options;
    const result = await attempt(
      { secrets, allowPrivate, timeout, agent: this.#agent, write: createWriter(this.#options.database) },
      endpoint,
      delivery,
    );
    // An attempt that was aborted by our own stop is not counted.
    if (!this.#stopping || result.outcome !== "failed") this.#options.onAttempt(result);
    return result;
  }

  async #deliver(endpoint: WebhookRow | null, delivery: DeliveryRow): Promise<void> {
    const { database } = this.#options;
    if (endpoint === null) return;
    if (endpoint.status === "disabled") return failPending(database, endpoint.id, systemNow());
    // Its maker may have changed since the delivery was created, and with it what the endpoint may get.
    const rights = await this.#options.makers.rightsOf({
      tenantId: endpoint.tenant_id,
      createdBy: endpoint.created_by,
    });
    if (rights === null) return this.#disable(endpoint, "maker_gone", systemNow());
    if (!mayReadEvent(rights, subjectOf(delivery))) return this.#refuse(delivery);
    const result = await this.#attempt(endpoint, delivery);
    if (this.#stopping && result.outcome === "failed")
      return releaseDelivery(database, delivery.id, delivery.locked_until);
    await this.#record(endpoint, delivery, result);
  }

  /** Ends a delivery of an event that the endpoint's maker may not read. */
  async #refuse(delivery: DeliveryRow): Promise<void> {
    const now = systemNow();
    const response = "not sent: the one who set up the endpoint may not read this event";
    const made = { at: new Date(now).toISOString(), status: null, ms: 0, response };
    await this.#outcomes.submit({
      id: delivery.id,
      claim: delivery.locked_until,
      status: "failed",
      attempts: delivery.attempts,
      nextAttemptAt: null,
      log: withAttempt(delivery, made),
      finishedAt: now,
    });
  }

  async #record(endpoint: WebhookRow, delivery: DeliveryRow, result: AttemptResult): Promise<void> {
    const { database, retryDelays } = this.#options;
    const now = systemNow();
    const attempts = delivery.attempts + 1;
    const delay = result.outcome === "failed" ? delayAfter(retryDelays, attempts, result.retryAfter) : null;
    const status = result.outcome === "delivered" ? "delivered" : delay === null ? "failed" : "pending";
    await this.#outcomes.submit({
      id: delivery.id,
      claim: delivery.locked_until,
      status,
      attempts,
      nextAttemptAt: delay === null ? null : now + delay,
      log: withAttempt(delivery, result.attempt),
      finishedAt: status === "pending" ? null : now,
    });
    if (result.outcome === "delivered") {
      if (endpoint.failing_since !== null) await markWorking(database, endpoint.id);
      return;
    }
    const failingSince = await markFailing(database, endpoint.id, now);
    if (result.outcome === "gone") await this.#disable(endpoint, "gone", now);
    else if (now - failingSince > DISABLE_AFTER) await this.#disable(endpoint, "failing", now);
  }

  async #disable(endpoint: WebhookRow, reason: DisabledReason, now: number): Promise<void> {
    const disabled = await this.#options.database.transaction(async (sql) => {
      if (!(await disableEndpoint(sql, endpoint.id, reason, now))) return false;
      await failPending(sql, endpoint.id, now);
      await appendEvents(
        sql,
        [
          {
            type: "webhook.disabled",
            tenantId: endpoint.tenant_id,
            sessionId: null,
            data: { webhookId: endpoint.id, url: endpoint.url, reason },
          },
        ],
        now,
      );
      return true;
    });
    if (disabled) this.#options.onDisabled(reason);
    this.#options.announce();
  }
}

/** The type and the session of the delivered event. */
function subjectOf({ body }: DeliveryRow): EventSubject {
  return JSON.parse(body) as EventSubject;
}
