/**
 * The logger of session nodes and actors: a constant message, and details in plain data, because they cross threads.
 */
export type ActorLog = (
  level: "debug" | "info" | "warn" | "error" | "fatal",
  message: string,
  details: Record<string, unknown>,
) => void;
