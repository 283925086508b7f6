/** Lists the deliveries of an endpoint, and repeats them: retry, replay, test. */
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";
import { EVENT_TYPES, matchesPatterns, type EventEnvelope, type LogEntry } from "../../contracts/events.ts";
import { createId } from "../../contracts/ids.ts";
import * as routes from "../../contracts/routes/webhook.ts";
import type { Sql } from "../../db/database.ts";
import type { WebhookRow } from "../../db/models/webhook.ts";
import * as deliveries from "../../db/statements/webhooks/deliveries.ts";
import { findPositionAt } from "../../db/statements/webhooks/endpoints.ts";
import { readLogBounds, readTenantEvents } from "../../db/statements/events/read-events.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf } from "../../access/call.ts";
import { eventCursor, fromCursor, toCursor, toEnvelope } from "../../access/cursor.ts";
import { mayReadEvent, readableTypes } from "../../access/event-scope.ts";
import { actionsOf } from "../../access/serve.ts";
import type { WebhookService } from "./types.ts";
import { requireEndpoint } from "./endpoint-actions.ts";
import { toDelivery } from "./fan-out.ts";
import { viewDelivery } from "./views.ts";

const { serve } = actionsOf<WebhookService>();

const PAGE = 500;
/** Most events of one replay; clients replay longer spans in parts. */
const MAX_REPLAYED = 50_000;

function requireEnabled(row: WebhookRow): void {
  if (row.status === "disabled") throw new Problem("conflict", "the endpoint is disabled; enable it first");
}

interface Span {
  readonly since: number;
  readonly until: number;
  readonly types: readonly string[];
}

/** Schedules all events of the span for the endpoint, also those delivered before; returns their number. */
async function replayAll(service: WebhookService, endpoint: WebhookRow, span: Span): Promise<number> {
  const first = await findPositionAt(service.database, span.since);
  const rights = await service.makers.rightsOf({ tenantId: endpoint.tenant_id, createdBy: endpoint.created_by });
  if (first === undefined || rights === null) return 0;
  let scheduled = 0;
  for (let after = first - 1; scheduled < MAX_REPLAYED;) {
    const page = await readTenantEvents(service.database, {
      tenantId: endpoint.tenant_id,
      after,
      limit: PAGE,
      types: readableTypes(rights, span.types),
      sessions: endpoint.sessions,
    });
    const wanted = page.events
      .filter(({ envelope }) => isWithin(envelope, span) && mayReadEvent(rights, envelope))
      .map((event) => toEnvelope(service.secrets, event));
    await service.database.transaction((sql) => reschedule(sql, endpoint.id, wanted));
    scheduled += wanted.length;
    after = page.position;
    const last = page.events.at(-1);
    if (page.isEnd || (last !== undefined && Date.parse(last.envelope.at) > span.until)) break;
  }
  return scheduled;
}

function isWithin(envelope: LogEntry, span: Span): boolean {
  const at = Date.parse(envelope.at);
  return at >= span.since && at <= span.until;
}

/** Restarts the deliveries of these events; creates those that do not exist yet. */
async function reschedule(sql: Sql, webhookId: string, events: readonly EventEnvelope[]): Promise<void> {
  if (events.length === 0) return;
  const now = systemNow();
  const missing = await deliveries.restartByEvents(
    sql,
    webhookId,
    events.map((event) => event.id),
    now,
  );
  await deliveries.insertDeliveries(
    sql,
    events.filter((event) => missing.has(event.id)).map((event) => toDelivery(webhookId, event, now)),
  );
}

export const deliveryActions = {
  deliveries: serve(routes.listDeliveries, async function (ctx) {
    const endpoint = await requireEndpoint(this, principalOf(ctx), ctx.params.params.id);
    const { limit, cursor, status } = ctx.params.query;
    const before = cursor === undefined ? null : fromCursor(this.secrets, "deliveries", cursor);
    const filter = {
      tenantId: endpoint.tenant_id,
      webhookId: endpoint.id,
      status: status ?? null,
      before,
      limit: limit + 1,
    };
    const rows = await this.read((sql) => deliveries.listDeliveries(sql, filter));
    const shown = rows.slice(0, limit);
    return {
      data: shown.map(viewDelivery),
      nextCursor: rows.length > limit ? toCursor(this.secrets, "deliveries", shown.at(-1)!.id) : null,
    };
  }),

  retry: serve(routes.retryDelivery, async function (ctx) {
    const principal = principalOf(ctx);
    const id = ctx.params.params.id;
    const row = await deliveries.findDelivery(this.database, principal.tenantId, id);
    if (row === undefined) throw new Problem("not_found");
    requireEnabled(await requireEndpoint(this, principal, row.webhook_id));
    await deliveries.restartDelivery(this.database, principal.tenantId, id, systemNow());
    this.dispatcher.wake();
    return viewDelivery((await deliveries.findDelivery(this.database, principal.tenantId, id)) ?? row);
  }),

  replay: serve(routes.replayWebhook, async function (ctx) {
    const endpoint = await requireEndpoint(this, principalOf(ctx), ctx.params.params.id);
    requireEnabled(endpoint);
    const { since, until, types, only } = ctx.params.body;
    const span: Span = {
      since: Date.parse(since),
      until: until === undefined ? systemNow() : Date.parse(until),
      types: EVENT_TYPES.filter((type) => matchesPatterns(type, types ?? endpoint.events)),
    };
    const which = { ...span, tenantId: endpoint.tenant_id, webhookId: endpoint.id };
    const scheduled =
      only === "failed"
        ? await deliveries.restartFailed(this.database, which, systemNow())
        : await replayAll(this, endpoint, span);
    await recordAudit(this.database, ctx, {
      action: "webhook.replayed",
      target: endpoint.id,
      detail: { since, until: until ?? null, only, scheduled },
    });
    this.dispatcher.wake();
    return { scheduled };
  }),

  test: serve(routes.testWebhook, async function (ctx) {
    const { tenantId } = principalOf(ctx);
    const endpoint = await requireEndpoint(this, principalOf(ctx), ctx.params.params.id);
    const now = systemNow();
    const { newest } = await readLogBounds(this.database);
    const envelope: EventEnvelope = {
      id: createId("event"),
      type: "webhook.test",
      at: new Date(now).toISOString(),
      tenantId,
      sequence: 0,
      cursor: eventCursor(this.secrets, tenantId, newest),
      data: {
        webhookId: endpoint.id,
        message: "This is a test: if you can verify its signature, everything is set up.",
      },
    };
    // Created as claimed, so that the dispatcher ignores it.
    const draft = { ...toDelivery(endpoint.id, envelope, now), locked_until: this.dispatcher.claimUntil(now) };
    await deliveries.insertDeliveries(this.database, [draft]);
    const row = await deliveries.findDelivery(this.database, tenantId, draft.id);
    if (row === undefined) throw new Problem("not_found");
    return viewDelivery(await this.dispatcher.attemptOnce(endpoint, row));
  }),
};
