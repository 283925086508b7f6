/** The settings that WhatsApp's server gives clients for trials. Their codes are the sandbox's own. */
import { define } from "../loader.ts";

const PROPS = [
  { configCode: 1097, name: "group_size_limit", value: 1024 },
  { configCode: 1304, name: "link_preview_wait_time", value: 7 },
  { configCode: 2890, name: "web_status_posting_enabled", value: true },
  { configCode: 3138, name: "pinned_messages_m1_receiver", value: true },
  { configCode: 3811, name: "web_unwrap_message_for_stanza_attributes", value: true },
  { configCode: 5171, name: "enable_web_calling", value: false },
  { configCode: 5172, name: "enable_web_group_calling", value: false },
  { configCode: 7142, name: "calling_lid_version", value: 0 },
  { configCode: 9012, name: "heartbeat_interval_s", value: 30 },
] as const;

const configs = PROPS.map(({ configCode, value }) => ({
  configCode,
  configValue: String(value),
  configExpoKey: null,
  hasAccessed: false,
}));

/** wa-js wraps these two, in the modules' objects, to turn features on. */
const values = define("WAWebABProps", {
  getABPropConfigValue: (name: string): unknown => PROPS.find((prop) => prop.name === name)?.value,
});
define("WAWebStatusSendGatingUtils", {
  primaryFeatureEnabled: (_name: string): boolean => true,
});

define("WAWebABPropsCache", {
  getAllABPropConfigs: () => configs,
  getAllABPropsMap: () => new Map(configs.map((config) => [String(config.configCode), config])),
  getABPropConfigNameFromCode: (code: string) => PROPS.find(({ configCode }) => String(configCode) === code)?.name,
});
define("WAWebSyncABPropsTask", { syncABPropsTask: () => Promise.resolve() });

/** How many people a group can have. */
export function groupSizeLimit(): number {
  return Number(values.getABPropConfigValue("group_size_limit"));
}

define("WAWebServerPropConstants", { MAX_FILE_SIZE_BYTES: 2 * 1024 ** 3, MULTICAST_LIMIT_GLOBAL: 5 });
define("WAWebGroupGatingUtils", { getGroupSizeLimit: groupSizeLimit });
