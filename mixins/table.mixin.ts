/**
 * Gives a service `this.tables`: an adapter for each table, the first being the one that moleculer-db itself knows. Its
 * default actions are off, because they know no tenants; the service's own actions use the adapters.
 */
import DbService from "moleculer-db";
import type { Service, ServiceSchema, ServiceSettingSchema } from "moleculer";
import type { ModelOn, TableRow } from "../db/models/model.ts";
import { TableAdapter } from "./table-adapter.ts";

type Models = Readonly<Record<string, ModelOn<never>>>;
type RowOf<M> = M extends ModelOn<infer Row> ? Row : never;

/** The adapters of a service, under the names that it chose. */
export interface TableLocals<M extends object> {
  tables: { readonly [Name in keyof M]: RowOf<M[Name]> extends TableRow ? TableAdapter<RowOf<M[Name]>> : never };
}

type TableService = Service & { adapter: TableAdapter<TableRow>; tables: Record<string, TableAdapter<TableRow>> };

/** The mixin for these models, each under the name of its adapter in `this.tables`. */
export function tableMixin(models: object): Partial<ServiceSchema<ServiceSettingSchema>> {
  const [[firstName, firstModel], ...others] = Object.entries(models as Models) as unknown as [
    [string, ModelOn<TableRow>],
    ...[string, ModelOn<TableRow>][],
  ];
  const othersOf = (service: TableService) => others.map(([name]) => service.tables[name]!);
  const withTables = {
    mixins: [DbService as unknown as Partial<ServiceSchema>],
    adapter: new TableAdapter(firstModel),
    settings: { idField: "id" },
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
    created(this: TableService) {
      this.tables = { [firstName]: this.adapter };
      for (const [name, model] of others) {
        const adapter = new TableAdapter(model);
        adapter.init(this.broker, this);
        this.tables[name] = adapter;
      }
    },
    async started(this: TableService) {
      for (const adapter of othersOf(this)) await adapter.connect();
    },
    async stopped(this: TableService) {
      for (const adapter of othersOf(this)) await adapter.disconnect();
    },
  };
  return withTables as unknown as Partial<ServiceSchema<ServiceSettingSchema>>;
}
