import type { Id } from "../../contracts/ids.ts";
import type { Role } from "../../contracts/permissions.ts";
import { flag, id, integer, nullable, text } from "./columns.ts";
import { defineModel } from "./model.ts";

export interface UserRow {
  readonly id: Id<"user">;
  readonly tenant_id: Id<"tenant">;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly platform_admin: boolean;
  readonly password_hash: string;
  /** Incremented to invalidate every access token of the user. */
  readonly token_version: number;
  readonly disabled: boolean;
  readonly version: number;
  readonly last_login_at: number | null;
  readonly created_at: number;
  readonly updated_at: number;
}

export const userModel = defineModel<UserRow>({
  table: "users",
  tenantColumn: "tenant_id",
  attributes: {
    id,
    tenant_id: text,
    email: text,
    name: text,
    role: text,
    platform_admin: flag("platform_admin"),
    password_hash: text,
    token_version: integer,
    disabled: flag("disabled"),
    version: integer,
    last_login_at: nullable(integer),
    created_at: integer,
    updated_at: integer,
  },
});
