/** Endpoints: made, read, changed and deleted by their tenant. */
import { fieldProblem, Problem } from "../../contracts/errors.ts";
import { createId } from "../../contracts/ids.ts";
import type { Principal } from "../../contracts/permissions.ts";
import type * as routes from "../../contracts/routes/webhook.ts";
import type { Webhook } from "../../contracts/routes/webhook.ts";
import type { WebhookRow } from "../../db/models/webhook.ts";
import { failPending } from "../../db/statements/webhooks/deliveries.ts";
import { findSessionIds } from "../../db/statements/identity/find-credentials.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { changeCurrent, expectedVersion, sendVersion } from "../../access/etag.ts";
import { checkUrl } from "../../access/outgoing/address-guard.ts";
import { addWithinQuota } from "../../access/quota.ts";
import type { WebhookService } from "./types.ts";
import { createSigningSecret, openSecret, sealHeaders, sealSecret } from "./endpoint.ts";
import { viewWebhook } from "./views.ts";

/** How long deliveries are signed with the old secret too. */
const ROTATION = 24 * 3_600_000;

/** A key that is limited to sessions sees the endpoints that are limited to the same ones, and no others. */
function isWithinReach(principal: Principal, sessions: readonly string[] | null): boolean {
  const { sessions: allowed } = principal;
  return allowed === null || (sessions !== null && sessions.every((session) => allowed.includes(session)));
}

/** The endpoint, if the caller may reach it. */
export async function requireEndpoint(service: WebhookService, principal: Principal, id: string): Promise<WebhookRow> {
  const row = await service.tables.webhooks.get(principal.tenantId, id);
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
      throw fieldProblem("forbidden", "/sessions", "a key that is limited to sessions must name some of them");
    return null;
  }
  const found = await findSessionIds(service.database, principal.tenantId, references);
  for (const [index, reference] of references.entries()) {
    const id = found.get(reference);
    if (id === undefined || !isWithinReach(principal, [id])) {
      throw fieldProblem(
        "validation",
        `/sessions/${index}`,
        `there is no session "${reference}"; an id or a name of the tenant's sessions is expected`,
      );
    }
  }
  return [...new Set(found.values())];
}

function checkAddress(service: WebhookService, url: string): Promise<URL> {
  return checkUrl(url, { allowPrivate: configOf(service.broker).allowPrivateUrls, pointer: "/url" });
}

type Changes = NonNullable<Call<typeof routes.updateWebhook>["params"]["body"]>;

async function toRowChanges(
  service: WebhookService,
  principal: Principal,
  row: WebhookRow,
  changes: Changes,
): Promise<Partial<WebhookRow>> {
  const { sessions, headers, status, url, ...plain } = changes;
  if (url !== undefined) await checkAddress(service, url);
  const values: Record<string, unknown> = { ...plain, updatedAt: Date.now() };
  if (url !== undefined) values["url"] = url;
  if (sessions !== undefined) values["sessions"] = await toSessionIds(service, principal, sessions);
  if (headers !== undefined) values["headers"] = sealHeaders(service.secrets, row, headers);
  if (status === "enabled") Object.assign(values, { status, disabledReason: null, failingSince: null });
  if (status === "disabled" && row.status === "enabled") Object.assign(values, { status, disabledReason: "requested" });
  return values as Partial<WebhookRow>;
}

export const endpointActions = {
  async list(
    this: WebhookService,
    ctx: Call<typeof routes.listWebhooks>,
  ): Promise<{ data: Webhook[]; nextCursor: string | null }> {
    const principal = principalOf(ctx);
    const { limit, cursor } = ctx.params.query;
    const after = cursor === undefined ? undefined : fromCursor(this.secrets, "webhooks", cursor);
    const { rows, next } = await this.tables.webhooks.list(principal.tenantId, { limit, after });
    const visible = rows.filter((row) => isWithinReach(principal, row.sessions));
    return {
      data: visible.map((row) => viewWebhook(this.secrets, row)),
      nextCursor: next === null ? null : toCursor(this.secrets, "webhooks", next),
    };
  },

  async create(this: WebhookService, ctx: Call<typeof routes.createWebhook>): Promise<Webhook & { secret: string }> {
    const principal = principalOf(ctx);
    const { url, events, sessions, headers, description } = ctx.params.body;
    await checkAddress(this, url);
    const sessionIds = await toSessionIds(this, principal, sessions);
    const [now, secret] = [Date.now(), createSigningSecret()];
    const owner = { id: createId("webhook"), tenantId: principal.tenantId };
    const row: WebhookRow = {
      ...owner,
      url,
      events: [...new Set(events)],
      sessions: sessionIds,
      headers: sealHeaders(this.secrets, owner, headers),
      description,
      secret: sealSecret(this.secrets, owner, secret),
      previousSecret: null,
      previousUntil: null,
      status: "enabled",
      disabledReason: null,
      failingSince: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await addWithinQuota(this.database, ctx, "webhooks", async (sql) => {
      await this.tables.webhooks.insert(sql, row);
      await recordAudit(sql, ctx, { action: "webhook.created", target: row.id, detail: { url } });
    });
    sendVersion(ctx, row.version);
    return { ...viewWebhook(this.secrets, row), secret };
  },

  async get(this: WebhookService, ctx: Call<typeof routes.getWebhook>): Promise<Webhook> {
    const row = await requireEndpoint(this, principalOf(ctx), ctx.params.params.id);
    sendVersion(ctx, row.version);
    return viewWebhook(this.secrets, row);
  },

  async update(this: WebhookService, ctx: Call<typeof routes.updateWebhook>): Promise<Webhook> {
    const principal = principalOf(ctx);
    const row = await requireEndpoint(this, principal, ctx.params.params.id);
    const changes = await toRowChanges(this, principal, row, ctx.params.body);
    const changed = await this.tables.webhooks.update(principal.tenantId, row.id, changes, expectedVersion(ctx));
    if (row.status === "enabled" && changed.status === "disabled") await failPending(this.database, row.id, Date.now());
    await recordAudit(this.database, ctx, {
      action: "webhook.updated",
      target: row.id,
      detail: { changed: Object.keys(ctx.params.body) },
    });
    sendVersion(ctx, changed.version);
    return viewWebhook(this.secrets, changed);
  },

  async remove(this: WebhookService, ctx: Call<typeof routes.removeWebhook>): Promise<void> {
    const row = await requireEndpoint(this, principalOf(ctx), ctx.params.params.id);
    if (!(await this.tables.webhooks.remove(row.tenantId, row.id))) throw new Problem("not_found");
    await recordAudit(this.database, ctx, { action: "webhook.deleted", target: row.id, detail: { url: row.url } });
  },

  async rotateSecret(
    this: WebhookService,
    ctx: Call<typeof routes.rotateWebhookSecret>,
  ): Promise<Webhook & { secret: string }> {
    const secret = createSigningSecret();
    const changed = await changeCurrent(undefined, async () => {
      const row = await requireEndpoint(this, principalOf(ctx), ctx.params.params.id);
      const changes = {
        secret: sealSecret(this.secrets, row, secret),
        previousSecret: sealSecret(this.secrets, row, openSecret(this.secrets, row), "previous_secret"),
        previousUntil: Date.now() + ROTATION,
        updatedAt: Date.now(),
      };
      return this.tables.webhooks.update(row.tenantId, row.id, changes, row.version);
    });
    await recordAudit(this.database, ctx, { action: "webhook.secret_rotated", target: changed.id });
    sendVersion(ctx, changed.version);
    return { ...viewWebhook(this.secrets, changed), secret };
  },
};
