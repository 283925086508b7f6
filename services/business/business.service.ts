/** What business accounts have: labels, catalogs and orders; and the lists that other accounts have for labels. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";
import { catalogActions } from "./catalog-actions.ts";
import { labelActions } from "./label-actions.ts";

export default {
  name: "business",
  mixins: [databaseMixin],
  actions: { ...labelActions, ...catalogActions },
} satisfies ServiceSchema<ServiceSettingSchema, object, DatabaseLocals>;
