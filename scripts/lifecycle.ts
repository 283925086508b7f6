/** Starting and stopping a process: start errors are explained, and signals stop it within a deadline. */
import { readConfig, type Config } from "../contracts/config.ts";
import { explainStartError } from "./start-errors.ts";
import type { RunningSystem } from "./system.ts";

/** How long stopping may take, in ms; after that the process exits anyway. */
const STOP_DEADLINE = 12_000;

/**
 * Reads the configuration, before anything else; on an error prints an explanation and exits with code 78 (bad
 * configuration). From then on the files that the process creates, also through libraries and Chromium, are for its
 * user only.
 */
export function readConfigOrExit(environment: Record<string, string | undefined>): Config {
  process.umask(0o077);
  try {
    return readConfig(environment);
  } catch (error) {
    return explainAndExit(error);
  }
}

/** Prints the error and exits. An error that the operator can fix is explained, without a stack trace. */
export function explainAndExit(error: unknown): never {
  const explanation = explainStartError(error);
  const text = explanation?.text ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.stderr.write(`\n${text}\n\n`);
  process.exit(explanation?.exitCode ?? 1);
}

/** Stops the system on SIGINT and SIGTERM; a second signal ends the process immediately. */
export function stopOnSignals(system: Pick<RunningSystem, "stop">): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    process.stdout.write("\nStopping … (press Ctrl-C again to exit immediately)\n");
    setTimeout(() => process.exit(1), STOP_DEADLINE).unref();
    system.stop().then(
      () => process.exit(0),
      (error: unknown) => explainAndExit(error),
    );
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
}
