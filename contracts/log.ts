/** The runtime's logger: a constant message and fields. It is called across threads, so the fields are plain data. */
export type ActorLog = (
  level: "debug" | "info" | "warn" | "error" | "fatal",
  message: string,
  fields: Record<string, unknown>,
) => void;
