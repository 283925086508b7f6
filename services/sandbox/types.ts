/** What the sandbox service holds while it runs. */
import type { Service, ServiceSettingSchema } from "moleculer";
import { Problem } from "../../contracts/errors.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";

export interface SandboxLocals {
  /** Null before the service has started and after it has stopped. */
  sandbox: Sandbox | null;
}

export type SandboxService = Service<ServiceSettingSchema> & SandboxLocals;

/** The open sandbox. */
export function sandboxOf(service: SandboxLocals): Sandbox {
  if (service.sandbox === null) throw new Problem("unavailable", "the sandbox is starting or stopping");
  return service.sandbox;
}
