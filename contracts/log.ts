/** The runtime's logger: a constant message and details. It is called across threads, so the details are plain data. */
export type ActorLog = (
  level: "debug" | "info" | "warn" | "error" | "fatal",
  message: string,
  details: Record<string, unknown>,
) => void;
