import type { Id } from "../../contracts/ids.ts";
import type { Role } from "../../contracts/permissions.ts";
import { defineTable } from "./table.ts";

export interface UserRow {
  readonly id: Id<"user">;
  readonly tenantId: Id<"tenant">;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly platformAdmin: boolean;
  readonly passwordHash: string;
  /** Rises when every access token of the user must become void. */
  readonly tokenVersion: number;
  readonly disabled: boolean;
  readonly version: number;
  readonly lastLoginAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const userTable = defineTable<UserRow>({
  name: "users",
  columns: {
    id: "text",
    tenantId: "text",
    email: "text",
    name: "text",
    role: "text",
    platformAdmin: "flag",
    passwordHash: "text",
    tokenVersion: "integer",
    disabled: "flag",
    version: "integer",
    lastLoginAt: "integer",
    createdAt: "integer",
    updatedAt: "integer",
  },
});
