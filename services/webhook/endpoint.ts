/** Creates an endpoint's secrets, and encrypts and decrypts them in its row. */
import { randomBytes } from "node:crypto";
import type { WebhookRow } from "../../db/models/webhook.ts";
import type { SealedField, Secrets } from "../../mixins/secrets.ts";

type SealedColumn = "secret" | "previous_secret" | "headers";
type Owner = Pick<WebhookRow, "id" | "tenant_id">;

/** A new signing secret in the format of the Standard Webhooks specification. */
export function createSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

function fieldOf(owner: Owner, column: SealedColumn): SealedField {
  return { tenantId: owner.tenant_id, table: "webhooks", column, id: owner.id };
}

export function sealSecret(
  secrets: Secrets,
  owner: Owner,
  secret: string,
  column: "secret" | "previous_secret" = "secret",
): string {
  return secrets.seal(secret, fieldOf(owner, column));
}

export function sealHeaders(secrets: Secrets, owner: Owner, headers: Readonly<Record<string, string>>): string {
  return secrets.seal(JSON.stringify(headers), fieldOf(owner, "headers"));
}

export function openSecret(secrets: Secrets, row: WebhookRow): string {
  return secrets.open(row.secret, fieldOf(row, "secret"));
}

export function openHeaders(secrets: Secrets, row: WebhookRow): Record<string, string> {
  return JSON.parse(secrets.open(row.headers, fieldOf(row, "headers"))) as Record<string, string>;
}

/** The secrets that sign deliveries now. For a day after a rotation the previous one signs too. */
export function signingSecrets(secrets: Secrets, row: WebhookRow, now: number): string[] {
  const current = openSecret(secrets, row);
  if (row.previous_secret === null || (row.previous_until ?? 0) <= now) return [current];
  return [current, secrets.open(row.previous_secret, fieldOf(row, "previous_secret"))];
}
