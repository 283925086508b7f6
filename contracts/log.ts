/** A log of the actor runtime: a constant message and plain data, since it crosses threads. */
export type ActorLog = (
  level: "debug" | "info" | "warn" | "error" | "fatal",
  message: string,
  details: Record<string, unknown>,
) => void;
