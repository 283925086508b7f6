/** Models of the configuration tables: no call without a tenant, and writes that join a transaction. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Op } from "sequelize";
import { createId, type Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { apiKeyModel } from "../../db/models/api-key.ts";
import { acrossTenants, MissingTenantError } from "../../db/models/tenant-guard.ts";
import { tenantModel, type TenantRow } from "../../db/models/tenant.ts";
import { userModel, type UserRow } from "../../db/models/user.ts";
import { webhookModel } from "../../db/models/webhook.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addTenant, openTestDatabase } from "../harness/session-rows.ts";

let dataDir: string;
let database: Database;
let tenantId: Id<"tenant">;

beforeAll(async () => {
  dataDir = makeDataDir();
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
});
afterAll(async () => {
  await database.close();
  await cleanUp(dataDir);
});

const MODELS = { users: userModel, api_keys: apiKeyModel, tenants: tenantModel, webhooks: webhookModel };

function newUser(changes: Partial<UserRow> = {}): UserRow {
  return {
    id: createId("user"),
    tenant_id: tenantId,
    email: `${createId("user")}@example.com`,
    name: "A",
    role: "operator",
    platform_admin: false,
    password_hash: "x",
    token_version: 0,
    disabled: true,
    version: 1,
    last_login_at: null,
    created_at: 1,
    updated_at: 1,
    ...changes,
  };
}

describe.each(Object.entries(MODELS))("%s", (_name, modelOn) => {
  const model = () => modelOn(database.sequelize);

  test.each([
    ["no condition", {}],
    ["another column", { created_at: 1 }],
    ["a list of tenants", { tenant_id: ["a", "b"], id: ["a", "b"] }],
    ["one alternative of several", { [Op.or]: [{ tenant_id: "a", id: "a" }, { created_at: 1 }] }],
    ["an empty tenant", { tenant_id: "", id: "" }],
  ])("refuses every call with %s", async (_what, where) => {
    const calls = [
      () => model().findAll({ where }),
      () => model().findOne({ where }),
      () => model().findAndCountAll({ where }),
      () => model().count({ where }),
      () => model().update({ created_at: 2 }, { where }),
      () => model().destroy({ where }),
      () => model().increment("created_at", { where }),
      () => model().max("created_at", { where }),
      () => model().sum("created_at", { where }),
    ];
    for (const call of calls) await expect(call()).rejects.toThrow(MissingTenantError);
  });

  test("refuses look-ups by id alone, upserts, truncation and rows without a tenant", async () => {
    const row = { created_at: 1, updated_at: 1 };
    const calls = [
      () => model().upsert(row),
      () => model().truncate(),
      () => model().bulkCreate([row]),
      () => model().bulkCreate([{ ...row, id: "x", tenant_id: tenantId }], { updateOnDuplicate: ["created_at"] }),
      ...(model().tenantColumn === "id" ? [] : [() => model().findByPk("x")]),
    ];
    for (const call of calls) await expect(call()).rejects.toThrow(MissingTenantError);
    await expect(model().build({ id: "x" }, { isNewRecord: false }).destroy()).rejects.toThrow(MissingTenantError);
  });

  test("accepts a tenant, also inside an AND, and calls across tenants that are marked as such", async () => {
    const { tenantColumn } = model();
    const where = { [Op.and]: [{ [tenantColumn]: tenantId }, { created_at: 1 }] };
    expect(await model().count({ where })).toBe(await model().count({ where: { [tenantColumn]: tenantId } }));
    expect(await model().count(acrossTenants({ where: {} }))).toBeGreaterThanOrEqual(await model().count({ where }));
    const unmatched = acrossTenants({ where: { created_at: -1 } });
    expect(await model().findAll(unmatched)).toEqual([]);
    expect(await model().update({ created_at: 2 }, unmatched)).toEqual([0]);
    expect(await model().destroy(unmatched)).toBe(0);
  });

  test("never moves a row to another tenant", async () => {
    const { tenantColumn } = model();
    const move = model().update({ [tenantColumn]: "other" }, { where: { [tenantColumn]: tenantId } });
    await expect(move).rejects.toThrow("never changes its tenant");
  });
});

test("no code turns the hooks off", () => {
  const root = join(import.meta.dirname, "../..");
  const files = ["access", "actors", "db", "event-log", "media", "mixins", "outbox", "services"].flatMap((folder) =>
    globSync(`${folder}/**/*.ts`, { cwd: root }),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => /\bhooks:\s*false\b/.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
});

test("flags, JSON and times come back as they were written, also through an update", async () => {
  const users = userModel(database.sequelize);
  const user = newUser();
  await users.create({ ...user });
  const where = { tenant_id: tenantId, id: user.id };
  expect((await users.findOne({ where }))!.get({ plain: true })).toEqual(user);
  await users.update({ disabled: false }, { where });
  expect((await users.findOne({ where }))!.get({ plain: true })).toEqual({ ...user, disabled: false });
  const tenants = tenantModel(database.sequelize);
  await tenants.update({ quotas: { users: 3 } }, { where: { id: tenantId } });
  const tenant = (await tenants.findOne({ where: { id: tenantId } }))!.get({ plain: true }) as TenantRow;
  expect(tenant).toMatchObject({ quotas: { users: 3 }, settings: {}, created_at: 1 });
});

test("a model's write joins the transaction of statements: visible inside, and undone by a rollback", async () => {
  const users = userModel(database.sequelize);
  const user = newUser();
  const idsIn = (sql: Pick<Database, "all">) => sql.all("SELECT id FROM users WHERE id = $1", [user.id]);
  let inside: unknown[] = [];
  const failing = database.transaction(async (sql) => {
    await users.create({ ...user }, { transaction: sql.forSequelize() });
    inside = await idsIn(sql);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(inside).toHaveLength(1);
  expect(await idsIn(database)).toEqual([]);
  await database.transaction((sql) => users.create({ ...user }, { transaction: sql.forSequelize() }));
  expect(await idsIn(database)).toHaveLength(1);
});

test("a transaction that has ended accepts no more writes of models", async () => {
  const users = userModel(database.sequelize);
  const ended = await database.transaction(async (sql) => sql.forSequelize());
  await expect(users.create({ ...newUser() }, { transaction: ended })).rejects.toThrow("can no longer use it");
});

test("writes of models and of statements at the same time all succeed", async () => {
  const users = userModel(database.sequelize);
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const user = newUser();
      if (index % 2 === 0) await users.create({ ...user });
      else await database.transaction((sql) => users.create({ ...user }, { transaction: sql.forSequelize() }));
      const where = { tenant_id: tenantId, id: user.id };
      await database.run("UPDATE users SET last_login_at = 5 WHERE id = $1", [user.id]);
      expect((await users.findOne({ where }))!.get("last_login_at")).toBe(5);
    }),
  );
});
