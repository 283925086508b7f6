/** `this` of the sandbox service's actions. */
import type { Service, ServiceSettingSchema } from "moleculer";
import { Problem } from "../../contracts/errors.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";

export interface SandboxLocals {
  /** Null while the service is not started. */
  sandbox: Sandbox | null;
}

export type SandboxService = Service<ServiceSettingSchema> & SandboxLocals;

/** Returns the open sandbox. Throws the problem `unavailable` when there is none. */
export function sandboxOf(service: SandboxLocals): Sandbox {
  if (service.sandbox === null) throw new Problem("unavailable", "the sandbox is starting or stopping");
  return service.sandbox;
}
