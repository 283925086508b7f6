/** The version of WhatsApp Web that the page reports. wa-js uses it to choose between old and new interfaces. */
import { define } from "./loader.ts";

export const VERSION = "2.3000.1046000000";

define("WAWebSanitizedVersion", { SANITIZED_VERSION_STR: VERSION });
define("WAWebIsOfficialClient", { isOfficialClient: false });
