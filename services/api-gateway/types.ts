/** The gateway's `this`: fields of moleculer-web, and the gateway's own. */
import type { Server } from "node:http";
import type { Service } from "moleculer";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { Binding, Router, Target } from "./bindings.ts";
import type { GatewayRequest, GatewayResponse } from "./request.ts";
import type { RequestLog } from "./request-log.ts";
import type { createCors } from "./security-headers.ts";
import type { RequestTimeouts } from "./slow-clients.ts";
import type { Doors } from "./streams/doors.ts";
import type { Steps } from "./steps.ts";
import type { WppconnectDoor } from "./wppconnect/door.ts";

/** A moleculer-web route: a group of aliases with the same options. */
interface AliasGroup {
  readonly name: string;
  readonly path: string;
  readonly opts: { busboyConfig?: object };
}

/** An alias of moleculer-web: the action or handler of a method and path. */
export interface GatewayAlias extends Target {
  readonly route: AliasGroup;
  readonly action: string | null;
  readonly handler?:
    ((request: GatewayRequest, response: GatewayResponse, next: (error?: unknown) => void) => void) | null;
}

export interface GatewayLocals extends DatabaseLocals, SecretsLocals {
  server: Server;
  aliases: GatewayAlias[];
  routes: AliasGroup[];
  router: Router<GatewayAlias>;
  bindings: ReadonlyMap<object, Binding>;
  unmatched: object;
  steps: Steps;
  cors: ReturnType<typeof createCors>;
  harden: ReturnType<typeof createCors>;
  logFinished: RequestLog;
  /** The port for clients of wppconnect-server; undefined when they are not served. */
  door: WppconnectDoor | undefined;
  /** Undefined until `started`. */
  live: Doors | undefined;
}

export interface GatewaySettings extends RequestTimeouts {
  /** ms for a JSON body, in addition to the time that its bytes take at the lowest accepted rate. */
  bodyTimeout: number;
}

export type GatewayService = Service<GatewaySettings> &
  GatewayLocals & { sendError(request: GatewayRequest, response: GatewayResponse, error: unknown): void };
