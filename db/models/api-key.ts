import type { Id } from "../../contracts/ids.ts";
import type { Permission } from "../../contracts/permissions.ts";
import { defineTable } from "./table.ts";

export interface ApiKeyRow {
  readonly id: Id<"apiKey">;
  readonly tenantId: Id<"tenant">;
  readonly name: string;
  /** The part of the key that finds it. */
  readonly publicId: string;
  /** SHA-256 of the whole key, in hex. */
  readonly secretHash: string;
  readonly scopes: readonly Permission[];
  readonly sessions: readonly Id<"session">[] | null;
  readonly ipAllow: readonly string[] | null;
  readonly createdBy: string | null;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
  readonly createdAt: number;
}

export const apiKeyTable = defineTable<ApiKeyRow>({
  name: "api_keys",
  columns: {
    id: "text",
    tenantId: "text",
    name: "text",
    publicId: "text",
    secretHash: "text",
    scopes: "json",
    sessions: "json",
    ipAllow: "json",
    createdBy: "text",
    expiresAt: "integer",
    lastUsedAt: "integer",
    revokedAt: "integer",
    createdAt: "integer",
  },
});
