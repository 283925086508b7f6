/** Which tables are backed up and restored, and what of them a tenant's export shows. */
import type { TenantFilter } from "../../db/statements/backup/table-rows.ts";
import type { TableShape } from "../../db/statements/backup/table-shapes.ts";

/**
 * What belongs to the running installation and not to its data: who is alive, what schema it has, and the backups themselves,
 * whose files stay where they are whatever is restored.
 */
const RUNNING_STATE: ReadonlySet<string> = new Set([
  "schema_migrations",
  "nodes",
  "gateways",
  "user_sockets",
  "backups",
  "backup_schedule",
]);

interface ExportRule {
  /** Where the tenant's id stands. */
  readonly column: "id" | "tenant_id";
  /** Columns that even their tenant is not shown: whoever finds the file must not be able to sign in with it. */
  readonly withheld: readonly string[];
}

/** The tables of an export. What is not named here does not leave: a new table has to be put into one of the two lists. */
export const EXPORTED: Readonly<Record<string, ExportRule>> = {
  tenants: { column: "id", withheld: [] },
  users: { column: "tenant_id", withheld: ["password_hash", "token_version", "platform_admin"] },
  api_keys: { column: "tenant_id", withheld: ["secret_hash"] },
  sessions: { column: "tenant_id", withheld: [] },
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

/** Tables with a tenant that an export leaves out: credentials, and what only the machinery needs. */
export const NOT_EXPORTED: readonly string[] = [
  "logins",
  "idempotency_keys",
  "placements",
  "user_sockets",
  "backups",
  "backup_schedule",
];

/** A table as it is dumped: its shape with the columns that are shown, and which rows. */
export interface Selection {
  readonly shape: TableShape;
  readonly filter: TenantFilter | null;
}

/** The tables that a backup holds and a restore replaces. */
export function dataTables(shapes: readonly TableShape[]): TableShape[] {
  return shapes.filter((shape) => !RUNNING_STATE.has(shape.name));
}

/** What is dumped: everything, or what is the tenant's. */
export function selectTables(shapes: readonly TableShape[], tenantId: string | null): Selection[] {
  if (tenantId === null) return dataTables(shapes).map((shape) => ({ shape, filter: null }));
  return shapes.flatMap((shape) => {
    const rule = EXPORTED[shape.name];
    if (rule === undefined) return [];
    const columns = shape.columns.filter((column) => !rule.withheld.includes(column));
    return [{ shape: { ...shape, columns }, filter: { column: rule.column, tenantId } }];
  });
}
