/** Which tables are backed up and restored, and which columns a tenant's export contains. */
import type { TenantFilter } from "../../db/statements/backup/table-rows.ts";
import type { TableShape } from "../../db/statements/backup/table-shapes.ts";

/**
 * Tables of the running installation rather than its data: live processes, applied migrations, its database server, and
 * the backups themselves, whose files stay in place during a restore.
 */
const RUNNING_STATE: ReadonlySet<string> = new Set([
  "schema_migrations",
  "nodes",
  "database_timelines",
  "gateways",
  "user_sockets",
  "backups",
  "backup_schedule",
]);

interface ExportRule {
  /** The column that holds the tenant's id. */
  readonly column: "id" | "tenant_id";
  /** Columns left out: a leaked export must not allow anyone to sign in. */
  readonly withheld: readonly string[];
}

/** The tables of an export. Every table with a tenant is either here or in NOT_EXPORTED; a test checks that. */
export const EXPORTED: Readonly<Record<string, ExportRule>> = {
  tenants: { column: "id", withheld: [] },
  users: { column: "tenant_id", withheld: ["password_hash", "token_version", "platform_admin"] },
  api_keys: { column: "tenant_id", withheld: ["secret_hash"] },
  sessions: { column: "tenant_id", withheld: ["proxy_password"] },
  messages: { column: "tenant_id", withheld: [] },
  media: { column: "tenant_id", withheld: [] },
  events: { column: "tenant_id", withheld: [] },
  webhooks: { column: "tenant_id", withheld: ["secret", "previous_secret", "headers"] },
  deliveries: { column: "tenant_id", withheld: [] },
  audit: { column: "tenant_id", withheld: [] },
  usage_counters: { column: "tenant_id", withheld: [] },
  rollups: { column: "tenant_id", withheld: [] },
  user_presence: { column: "tenant_id", withheld: [] },
};

/** Tables with a tenant that an export leaves out: credentials and internal state. */
export const NOT_EXPORTED: readonly string[] = [
  "logins",
  "idempotency_keys",
  "placements",
  "user_sockets",
  "backups",
  "backup_schedule",
];

/** The part of a table that is dumped: its shape with the selected columns, and a filter for rows. */
export interface Selection {
  readonly shape: TableShape;
  readonly filter: TenantFilter | null;
}

/** The tables that a backup contains and a restore replaces. */
export function dataTables(shapes: readonly TableShape[]): TableShape[] {
  return shapes.filter((shape) => !RUNNING_STATE.has(shape.name));
}

/** The contents of a dump: everything, or one tenant's part. */
export function selectTables(shapes: readonly TableShape[], tenantId: string | null): Selection[] {
  if (tenantId === null) return dataTables(shapes).map((shape) => ({ shape, filter: null }));
  return shapes.flatMap((shape) => {
    const rule = EXPORTED[shape.name];
    if (rule === undefined) return [];
    const columns = shape.columns.filter((column) => !rule.withheld.includes(column));
    return [{ shape: { ...shape, columns }, filter: { column: rule.column, tenantId } }];
  });
}
