/**
 * CRUD tables of a service: moleculer-db with its Sequelize adapter, on the connection that the whole process shares. All of
 * its default actions are off, because they know no tenants; what a service reads and writes goes through `this.tables`,
 * whose every method is bound to one.
 */
import DbService from "moleculer-db";
import SequelizeDbAdapter from "moleculer-db-adapter-sequelize";
import type { Service, ServiceBroker, ServiceSchema, ServiceSettingSchema } from "moleculer";
import type { Model, ModelStatic } from "sequelize";
import { defineModel, Table, type TableDefinition, type TableRow } from "../db/models/table.ts";
import { acquireDatabase, releaseDatabase } from "./database.mixin.ts";

type Definitions = Readonly<Record<string, TableDefinition<never>>>;
type RowOf<D> = D extends TableDefinition<infer Row> ? Row : never;

/** The tables of a service, by the names that it gave them. */
export interface TableLocals<D extends object> {
  tables: { readonly [Name in keyof D]: RowOf<D[Name]> extends TableRow ? Table<RowOf<D[Name]>> : never };
}

/** The adapter's model, which it declares nowhere. */
interface AdapterFields {
  model: ModelStatic<Model>;
}

/** Moleculer clones schemas deeply, adapters with them: no private fields here. */
class SharedConnectionAdapter extends SequelizeDbAdapter implements AdapterFields {
  declare model: ModelStatic<Model>;
  declare broker: ServiceBroker;
  declare service: Service & { tables?: Record<string, Table<TableRow>> };
  readonly definitions: Definitions;
  connected = false;

  constructor(definitions: Definitions) {
    super({});
    this.definitions = definitions;
  }

  override init(broker: ServiceBroker, service: Service): void {
    this.broker = broker;
    this.service = service;
  }

  /** Uses the process's connection; the schema is the migrations' matter, so nothing is synchronised. */
  override async connect(): Promise<void> {
    const { sequelize } = await acquireDatabase(this.broker);
    this.connected = true;
    const models = Object.entries(this.definitions).map(
      ([name, definition]) => [name, definition, defineModel(sequelize, definition)] as const,
    );
    this.model = models[0]![2];
    this.service.tables = Object.fromEntries(
      models.map(([name, definition, model]) => [
        name,
        new Table(definition as unknown as TableDefinition<TableRow>, model),
      ]),
    );
  }

  /** Also called when the start failed before it came to connect. */
  override async disconnect(): Promise<void> {
    if (!this.connected) return;
    this.connected = false;
    await releaseDatabase(this.broker);
  }
}

/** The mixin that gives a service these tables; the first is the one that moleculer-db itself knows. */
export function tableMixin(
  definitions: Readonly<Record<string, object>>,
): Partial<ServiceSchema<ServiceSettingSchema>> {
  const withTables = {
    mixins: [DbService as unknown as Partial<ServiceSchema>],
    adapter: new SharedConnectionAdapter(definitions as Definitions),
    actions: {
      find: false,
      count: false,
      list: false,
      create: false,
      insert: false,
      get: false,
      update: false,
      remove: false,
    },
  };
  return withTables as Partial<ServiceSchema<ServiceSettingSchema>>;
}
