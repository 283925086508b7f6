/** The page that replaces WhatsApp Web: registers the modules by importing them, installs the loader, and connects. */
import "./version.ts";
import "./business/catalog-actions.ts";
import "./business/notes.ts";
import "./business/orders.ts";
import "./business/profiles.ts";
import "./channels/channel-actions.ts";
import "./channels/status-actions.ts";
import "./buttons.ts";
import "./chat-actions.ts";
import "./communities.ts";
import "./contact-actions.ts";
import "./links.ts";
import "./media-preparation.ts";
import "./message-actions.ts";
import "./message-info.ts";
import "./screen.ts";
import "./settings/ab-props.ts";
import "./settings/preferences.ts";
import "./stanzas.ts";
import "./stores.ts";
import "./vcards.ts";
import { startConnection } from "./connection.ts";
import { installLoader } from "./loader.ts";
import { VERSION } from "./version.ts";

installLoader();
startConnection()
  .then(() => Object.assign(globalThis, { Debug: { VERSION } }))
  .catch((error: unknown) => console.error(error));
