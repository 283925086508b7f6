/** A process's way from its first line to its last: bad configuration is explained, signals end it in time. */
import { readConfig, type Config } from "../contracts/config.ts";
import { obstacleOf } from "./preflight.ts";
import type { RunningSystem } from "./system.ts";

/** ms that stopping may take; after that the process ends all the same, and what it owned dies with it. */
const STOP_DEADLINE = 9_000;

/** The configuration, or an explanation and exit code 78 (bad configuration). */
export function readConfigOrExit(environment: Record<string, string | undefined>): Config {
  try {
    return readConfig(environment);
  } catch (error) {
    return explainAndExit(error);
  }
}

/** Says what is wrong to a person, without a stack where there is something that a person can mend. */
export function explainAndExit(error: unknown): never {
  const obstacle = obstacleOf(error);
  const words = obstacle?.words ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.stderr.write(`\n${words}\n\n`);
  process.exit(obstacle?.exitCode ?? 1);
}

/** Stops the system on SIGINT and SIGTERM; a second signal ends the process at once. */
export function stopOnSignals(system: Pick<RunningSystem, "stop">): void {
  let asked = false;
  const onSignal = () => {
    if (asked) process.exit(1);
    asked = true;
    process.stdout.write("\nStopping … (once more to end at once)\n");
    setTimeout(() => process.exit(1), STOP_DEADLINE).unref();
    system.stop().then(
      () => process.exit(0),
      (error: unknown) => explainAndExit(error),
    );
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
}
