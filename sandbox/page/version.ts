/** The version of WhatsApp Web that the page reports. wa-js uses it to choose between old and new interfaces. */
import { define } from "./loader.ts";

export const VERSION = "2.3000.1046000000";

define("WAWebSanitizedVersion", { SANITIZED_VERSION_STR: VERSION });
const [primary, secondary, tertiary] = VERSION.split(".");
define("WAWebBuildConstants", {
  VERSION_STR: VERSION,
  VERSION_BASE: VERSION,
  VERSION_PRIMARY: primary,
  VERSION_SECONDARY: secondary,
  VERSION_TERTIARY: tertiary,
  WINDOWS_BUILD: null,
});
define("WAWebIsOfficialClient", { isOfficialClient: false });
/** wa-js changes these two, to pass for the desktop app. */
define("WAWebEnvironment", { default: { isWeb: true, isWindows: false } });
