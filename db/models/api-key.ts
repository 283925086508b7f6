import type { Id } from "../../contracts/ids.ts";
import type { Permission } from "../../contracts/permissions.ts";
import { id, integer, json, nullable, text } from "./columns.ts";
import { defineModel } from "./model.ts";

export interface ApiKeyRow {
  readonly id: Id<"apiKey">;
  readonly tenant_id: Id<"tenant">;
  readonly name: string;
  /** The part of the key by which it is looked up. */
  readonly public_id: string;
  /** SHA-256 of the whole key, in hex. */
  readonly secret_hash: string;
  readonly scopes: readonly Permission[];
  readonly sessions: readonly Id<"session">[] | null;
  readonly ip_allow: readonly string[] | null;
  readonly created_by: string | null;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
  readonly created_at: number;
}

export const apiKeyModel = defineModel<ApiKeyRow>({
  table: "api_keys",
  tenantColumn: "tenant_id",
  attributes: {
    id,
    tenant_id: text,
    name: text,
    public_id: text,
    secret_hash: text,
    scopes: json("scopes"),
    sessions: nullable(json("sessions")),
    ip_allow: nullable(json("ip_allow")),
    created_by: nullable(text),
    expires_at: nullable(integer),
    last_used_at: nullable(integer),
    revoked_at: nullable(integer),
    created_at: integer,
  },
});
