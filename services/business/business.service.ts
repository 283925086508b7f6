/** What business accounts have: labels, catalogs and orders; and the lists that other accounts have for labels. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";
import { labelActions } from "./label-actions.ts";

export default {
  name: "business",
  mixins: [databaseMixin],
  actions: labelActions,
} satisfies ServiceSchema<ServiceSettingSchema, object, DatabaseLocals>;
