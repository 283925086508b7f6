/** The version of WhatsApp Web that the page claims to be. wa-js chooses between old and new interfaces by it. */
import { define } from "./loader.ts";

export const VERSION = "2.3000.1046000000";

define("WAWebSanitizedVersion", { SANITIZED_VERSION_STR: VERSION });
define("WAWebIsOfficialClient", { isOfficialClient: false });
