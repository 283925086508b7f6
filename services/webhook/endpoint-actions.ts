/** Webhook endpoints as a resource of their tenant. */
import { systemNow } from "../../concurrency/clock.ts";
import { fieldProblem, Problem } from "../../contracts/errors.ts";
import { createId } from "../../contracts/ids.ts";
import type { Principal } from "../../contracts/permissions.ts";
import * as routes from "../../contracts/routes/webhook.ts";
import type { WebhookRow } from "../../db/models/webhook.ts";
import { failPending } from "../../db/statements/webhooks/deliveries.ts";
import { findSessionIds } from "../../db/statements/identity/find-credentials.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { changeCurrent, expectedVersion, sendVersion } from "../../access/etag.ts";
import { requireReadable } from "../../access/event-scope.ts";
import { makerOf } from "../../access/makers.ts";
import { checkUrl } from "../../access/outgoing/address-guard.ts";
import { addWithinQuota } from "../../access/quota.ts";
import { actionsOf } from "../../access/serve.ts";
import type { WebhookService } from "./types.ts";
import { createSigningSecret, openHeaders, openSecret, sealHeaders, sealSecret } from "./endpoint.ts";
import { viewWebhook } from "./views.ts";

const { serve } = actionsOf<WebhookService>();

/** ms after a rotation for which deliveries are also signed with the previous secret. */
const ROTATION = 24 * 3_600_000;

/** A key that is limited to sessions sees only endpoints that are limited to a subset of them. */
function isWithinReach(principal: Principal, sessions: readonly string[] | null): boolean {
  const { sessions: allowed } = principal;
  return allowed === null || (sessions !== null && sessions.every((session) => allowed.includes(session)));
}

/** Returns the endpoint. Throws the problem `not_found` when there is none or the caller may not see it. */
export async function requireEndpoint(service: WebhookService, principal: Principal, id: string): Promise<WebhookRow> {
  const row = await service.tables.webhooks.requireRow(principal.tenantId, id);
  if (!isWithinReach(principal, row.sessions)) throw new Problem("not_found");
  return row;
}

async function toSessionIds(
  service: WebhookService,
  principal: Principal,
  references: readonly string[] | null,
): Promise<readonly string[] | null> {
  if (references === null) {
    if (principal.sessions !== null)
      throw fieldProblem("forbidden", "/sessions", "a key that is limited to sessions must name some of its sessions");
    return null;
  }
  const found = await findSessionIds(service.database, principal.tenantId, references);
  for (const [index, reference] of references.entries()) {
    const id = found.get(reference);
    if (id === undefined || !isWithinReach(principal, [id])) {
      throw fieldProblem(
        "validation",
        `/sessions/${index}`,
        `there is no session "${reference}"; expected the id or name of one of the tenant's sessions`,
      );
    }
  }
  return [...new Set(found.values())];
}

function checkAddress(service: WebhookService, url: string): Promise<URL> {
  return checkUrl(url, { allowPrivate: configOf(service.broker).allowPrivateUrls, pointer: "/url" });
}

/** Changes after which the caller is the endpoint's maker: what it gets, and where it sends it. */
const ADOPTING = ["url", "events", "sessions", "headers"] as const satisfies readonly (keyof Changes)[];

function isAdopting(changes: Changes): boolean {
  return changes.status === "enabled" || ADOPTING.some((name) => changes[name] !== undefined);
}

type Changes = Call<typeof routes.updateWebhook>["params"]["body"];

/**
 * Headers often carry a credential for the receiver, and cannot be read back: they must be set again to send the
 * deliveries to another server, so that they cannot be collected there.
 */
function requireHeadersFor(service: WebhookService, row: WebhookRow, url: string, areGiven: boolean): void {
  const isElsewhere = new URL(url).origin !== new URL(row.url).origin;
  if (!isElsewhere || areGiven || Object.keys(openHeaders(service.secrets, row)).length === 0) return;
  throw fieldProblem(
    "validation",
    "/headers",
    "the URL is of another server, which would get the endpoint's headers: give them again, or {} for none",
  );
}

async function toRowChanges(
  service: WebhookService,
  principal: Principal,
  row: WebhookRow,
  changes: Changes,
): Promise<Partial<WebhookRow>> {
  const { url, events, sessions, headers, description, ordering, format, status } = changes;
  requireReadable(principal, events ?? [], (index) => `/events/${index}`);
  if (url !== undefined) {
    await checkAddress(service, url);
    requireHeadersFor(service, row, url, headers !== undefined);
  }
  return {
    updated_at: systemNow(),
    ...(isAdopting(changes) ? { created_by: makerOf(principal) } : {}),
    ...(url === undefined ? {} : { url }),
    ...(events === undefined ? {} : { events }),
    ...(description === undefined ? {} : { description }),
    ...(ordering === undefined ? {} : { ordering }),
    ...(format === undefined ? {} : { format }),
    ...(sessions === undefined ? {} : { sessions: await toSessionIds(service, principal, sessions) }),
    ...(headers === undefined ? {} : { headers: sealHeaders(service.secrets, row, headers) }),
    ...(status === undefined ? {} : toStatusChanges(row, status)),
  };
}

function toStatusChanges(row: WebhookRow, status: WebhookRow["status"]): Partial<WebhookRow> {
  if (status === "enabled") return { status, disabled_reason: null, failing_since: null };
  return row.status === "enabled" ? { status, disabled_reason: "requested" } : {};
}

export const endpointActions = {
  list: serve(routes.listWebhooks, async function (ctx) {
    const principal = principalOf(ctx);
    const { limit, cursor } = ctx.params.query;
    const after = cursor === undefined ? undefined : fromCursor(this.secrets, "webhooks", cursor);
    const { rows, next } = await this.tables.webhooks.listRows(principal.tenantId, { limit, after });
    const visible = rows.filter((row) => isWithinReach(principal, row.sessions));
    return {
      data: visible.map((row) => viewWebhook(this.secrets, row)),
      nextCursor: next === null ? null : toCursor(this.secrets, "webhooks", next),
    };
  }),

  create: serve(routes.createWebhook, async function (ctx) {
    const principal = principalOf(ctx);
    const { url, events, sessions, headers, description, ordering, format } = ctx.params.body;
    requireReadable(principal, events, (index) => `/events/${index}`);
    await checkAddress(this, url);
    const sessionIds = await toSessionIds(this, principal, sessions);
    const [now, secret] = [systemNow(), createSigningSecret()];
    const owner = { id: createId("webhook"), tenant_id: principal.tenantId };
    const row: WebhookRow = {
      ...owner,
      url,
      events: [...new Set(events)],
      sessions: sessionIds,
      headers: sealHeaders(this.secrets, owner, headers),
      description,
      ordering,
      format,
      secret: sealSecret(this.secrets, owner, secret),
      previous_secret: null,
      previous_until: null,
      status: "enabled",
      disabled_reason: null,
      failing_since: null,
      version: 1,
      created_by: makerOf(principal),
      created_at: now,
      updated_at: now,
    };
    await addWithinQuota(this.database, ctx, "webhooks", async (sql) => {
      await this.tables.webhooks.insertRow(sql, row);
      await recordAudit(sql, ctx, { action: "webhook.created", target: row.id, detail: { url } });
    });
    sendVersion(ctx, row.version);
    return { ...viewWebhook(this.secrets, row), secret };
  }),

  get: serve(routes.getWebhook, async function (ctx) {
    const row = await requireEndpoint(this, principalOf(ctx), ctx.params.params.id);
    sendVersion(ctx, row.version);
    return viewWebhook(this.secrets, row);
  }),

  update: serve(routes.updateWebhook, async function (ctx) {
    const principal = principalOf(ctx);
    const row = await requireEndpoint(this, principal, ctx.params.params.id);
    const changes = await toRowChanges(this, principal, row, ctx.params.body);
    const version = expectedVersion(ctx);
    const changed = await this.tables.webhooks.updateRow(principal.tenantId, row.id, changes, { version });
    if (row.status === "enabled" && changed.status === "disabled")
      await failPending(this.database, row.id, systemNow());
    await recordAudit(this.database, ctx, {
      action: "webhook.updated",
      target: row.id,
      detail: { changed: Object.keys(ctx.params.body) },
    });
    sendVersion(ctx, changed.version);
    return viewWebhook(this.secrets, changed);
  }),

  remove: serve(routes.removeWebhook, async function (ctx) {
    const row = await requireEndpoint(this, principalOf(ctx), ctx.params.params.id);
    if (!(await this.tables.webhooks.removeRow(row.tenant_id, row.id))) throw new Problem("not_found");
    await recordAudit(this.database, ctx, { action: "webhook.deleted", target: row.id, detail: { url: row.url } });
  }),

  rotateSecret: serve(routes.rotateWebhookSecret, async function (ctx) {
    const secret = createSigningSecret();
    const changed = await changeCurrent(undefined, async () => {
      const row = await requireEndpoint(this, principalOf(ctx), ctx.params.params.id);
      const changes = {
        secret: sealSecret(this.secrets, row, secret),
        previous_secret: sealSecret(this.secrets, row, openSecret(this.secrets, row), "previous_secret"),
        previous_until: systemNow() + ROTATION,
        updated_at: systemNow(),
      };
      return this.tables.webhooks.updateRow(row.tenant_id, row.id, changes, { version: row.version });
    });
    await recordAudit(this.database, ctx, { action: "webhook.secret_rotated", target: changed.id });
    sendVersion(ctx, changed.version);
    return { ...viewWebhook(this.secrets, changed), secret };
  }),
};
