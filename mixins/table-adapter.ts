/**
 * moleculer-db's Sequelize adapter for one table, on the connection that the whole process shares. The methods added
 * here return plain rows and take the tenant as a parameter; the inherited ones are guarded by the model's hooks.
 */
import SequelizeDbAdapter, { type CursorOptions } from "moleculer-db-adapter-sequelize";
import type { Service, ServiceBroker } from "moleculer";
import { literal, Op, type FindOptions, type WhereOptions } from "sequelize";
import { Problem } from "../contracts/errors.ts";
import type { Transaction } from "../db/database.ts";
import type { ModelOn, TableModel, TableRow } from "../db/models/model.ts";
import { acrossTenants } from "../db/models/tenant-guard.ts";
import { acquireDatabase, releaseDatabase } from "./database.mixin.ts";

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** The id after which the next page begins; null on the last page. */
  readonly next: string | null;
}

export interface PageRequest {
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
}

export interface WriteOptions {
  /** Writes only if the row still has this version. */
  readonly version?: number | undefined;
  /** The transaction that the write is part of; its own when absent. */
  readonly sql?: Transaction;
}

/** The `transaction` option of a Sequelize call. */
function transactionOf(sql: Transaction | undefined) {
  return { transaction: sql?.forSequelize() ?? null };
}

/** No private members: Moleculer deeply clones schemas, and the adapter in them. */
export class TableAdapter<Row extends TableRow> extends SequelizeDbAdapter {
  readonly modelOn: ModelOn<Row>;
  declare broker: ServiceBroker;
  declare service: Service;
  /** From `connect` on. */
  declare model: TableModel<Row>;
  isConnected = false;

  constructor(modelOn: ModelOn<Row>) {
    super({});
    this.modelOn = modelOn;
  }

  override init(broker: ServiceBroker, service: Service): void {
    this.broker = broker;
    this.service = service;
  }

  override async connect(): Promise<void> {
    const { sequelize } = await acquireDatabase(this.broker);
    this.isConnected = true;
    this.model = this.modelOn(sequelize);
  }

  /** Also called when the service failed before `connect`. */
  override async disconnect(): Promise<void> {
    if (!this.isConnected) return;
    this.isConnected = false;
    await releaseDatabase(this.broker);
  }

  /** The row, or null when the tenant has none with this id. */
  async findRow(tenantId: string, id: string, sql?: Transaction): Promise<Row | null> {
    return this.toRow(await this.findOne({ where: ofTenant(this.model, tenantId, { id }), ...transactionOf(sql) }));
  }

  /** The row; the problem `not_found` when the tenant has none with this id. */
  async requireRow(tenantId: string, id: string, sql?: Transaction): Promise<Row> {
    const row = await this.findRow(tenantId, id, sql);
    if (row === null) throw new Problem("not_found");
    return row;
  }

  /** Rows of the tenant in the order of their creation. */
  async listRows(tenantId: string, request: PageRequest, where: Partial<Row> = {}): Promise<Page<Row>> {
    const query = ofTenant(this.model, tenantId, { ...where, ...startOf(request) });
    const filters: CursorOptions = { query, sort: "id", limit: request.limit + 1 };
    return toPage((await this.find(filters)).map((entity) => this.entityToObject(entity)) as Row[], request);
  }

  async insertRow(sql: Transaction, row: Row): Promise<void> {
    await this.model.create({ ...(row as object) }, transactionOf(sql));
  }

  /**
   * Changes a row and increments its version, if it has one. False when there is no such row, or not in this version.
   */
  async changeRow(tenantId: string, id: string, changes: Partial<Row>, options: WriteOptions = {}): Promise<boolean> {
    const values = { ...changes, ...(this.model.isVersioned ? { version: literal("version + 1") } : {}) };
    const [changed] = await this.model.update(values, {
      where: ofTenant(this.model, tenantId, { id, ...versionOf(options) }),
      ...transactionOf(options.sql),
    });
    return changed === 1;
  }

  /** Like `changeRow`, and returns the row as changed. The problems `not_found` and `precondition_failed`. */
  async updateRow(tenantId: string, id: string, changes: Partial<Row>, options: WriteOptions = {}): Promise<Row> {
    const isChanged = await this.changeRow(tenantId, id, changes, options);
    const row = await this.requireRow(tenantId, id, options.sql);
    if (!isChanged) throw new Problem("precondition_failed");
    return row;
  }

  /** False when there is no such row, or not in this version. */
  async removeRow(tenantId: string, id: string, options: WriteOptions = {}): Promise<boolean> {
    const where = ofTenant(this.model, tenantId, { id, ...versionOf(options) });
    return (await this.model.destroy({ where, ...transactionOf(options.sql) })) === 1;
  }

  toRow(entity: object | null): Row | null {
    return entity === null ? null : (this.entityToObject(entity) as Row);
  }

  /** The row of any tenant that meets the condition. */
  async findRowAcrossTenants(where: Partial<Row>): Promise<Row | null> {
    return this.toRow(await this.findOne(acrossTenants({ where })));
  }

  /** Rows of all tenants in the order of their creation. */
  async listRowsAcrossTenants(request: PageRequest): Promise<Page<Row>> {
    const options: FindOptions = { where: startOf(request) as WhereOptions, order: ["id"], limit: request.limit + 1 };
    const found = await this.model.findAll(acrossTenants(options));
    return toPage(found.map((entity) => this.entityToObject(entity)) as Row[], request);
  }
}

/** The condition for rows of the tenant. Not merged: in the table of tenants, the tenant's column is the id itself. */
function ofTenant(model: TableModel<never>, tenantId: string, rest: object): Record<string | symbol, unknown> {
  return { [Op.and]: [{ [model.tenantColumn]: tenantId }, rest] };
}

function toPage<Row extends TableRow>(rows: readonly Row[], { limit }: PageRequest): Page<Row> {
  const shown = rows.slice(0, limit);
  return { rows: shown, next: rows.length > limit ? shown.at(-1)!.id : null };
}

function startOf({ after }: PageRequest): object {
  return after === undefined ? {} : { id: { [Op.gt]: after } };
}

function versionOf({ version }: WriteOptions): object {
  return version === undefined ? {} : { version };
}
