/** The only file that augments the framework's types. */
import type { Config } from "../contracts/config.ts";
import type { Principal } from "../contracts/permissions.ts";

declare module "moleculer" {
  interface BrokerOptions {
    /** The system's own configuration; it never leaves the process. */
    wpp?: Config;
  }
  interface ContextMeta {
    principal?: Principal;
    requestId?: string;
  }
}
