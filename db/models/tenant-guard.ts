/**
 * Keeps tenants apart. Sequelize hooks refuse every call whose condition does not name one tenant, unless the call is
 * marked by `acrossTenants`. Calls that Sequelize makes without a hook are refused altogether, and so are changes of
 * instances: rows are plain objects, changed by `update` and a condition. A test checks that no code turns hooks off.
 */
import { Op, type BulkCreateOptions, type Model, type ModelStatic } from "sequelize";

/** Marks a call that may reach rows of all tenants: looking up credentials, and what platform administrators do. */
export function acrossTenants<O extends object>(options: O): O & { readonly acrossTenants: true } {
  return { ...options, acrossTenants: true };
}

export class MissingTenantError extends Error {
  override readonly name = "MissingTenantError";

  constructor(model: string, call: string, column: string) {
    super(`${call} on ${model} without ${column}: name the tenant, or mark the call by acrossTenants()`);
  }
}

/** True when the condition holds for rows of one tenant only: an equality at its top, or within an AND. */
function namesTenant(where: unknown, column: string): boolean {
  if (Array.isArray(where)) return where.some((part) => namesTenant(part, column));
  if (typeof where !== "object" || where === null) return false;
  const condition = where as Readonly<Record<string | symbol, unknown>>;
  const value = condition[column];
  return (typeof value === "string" && value !== "") || namesTenant(condition[Op.and], column);
}

/** Methods of a model that Sequelize runs without any hook that sees the condition. */
const UNHOOKED = ["increment", "decrement", "min", "max", "sum", "upsert", "truncate"] as const;

/** Adds the hooks to a model; `column` holds the tenant's id. */
export function guardTenant(model: ModelStatic<Model>, column: string): void {
  const fail = (call: string) => {
    throw new MissingTenantError(model.name, call, column);
  };
  const check = (call: string) => (options: { where?: unknown; acrossTenants?: boolean } | undefined) => {
    if (options?.acrossTenants !== true && !namesTenant(options?.where, column)) fail(call);
  };
  const checkNew = (instance: Model) => {
    const value: unknown = instance.getDataValue(column);
    if (typeof value !== "string" || value === "") fail("create");
  };
  model.addHook("beforeFind", check("find"));
  model.addHook("beforeCount", check("count"));
  model.addHook("beforeBulkUpdate", (options: { where?: unknown; attributes?: object }) => {
    check("update")(options);
    if (column in (options.attributes ?? {})) throw new Error(`a row of ${model.name} never changes its tenant`);
  });
  model.addHook("beforeBulkDestroy", check("destroy"));
  model.addHook("beforeCreate", checkNew);
  model.addHook("beforeBulkCreate", (instances: readonly Model[], options: BulkCreateOptions) => {
    // It would replace a row by id alone, whatever tenant that belongs to.
    if (options.updateOnDuplicate !== undefined) fail("upsert");
    instances.forEach(checkNew);
  });
  model.addHook("beforeUpdate", () => fail("update of an instance"));
  model.addHook("beforeDestroy", () => fail("destroy of an instance"));
  Object.assign(model, Object.fromEntries(UNHOOKED.map((call) => [call, async () => fail(call)])));
}
