/** How the runtime speaks to whoever runs it: a constant message and an object. It crosses threads, so it is a function of plain data. */
export type ActorLog = (
  level: "debug" | "info" | "warn" | "error" | "fatal",
  message: string,
  facts: Record<string, unknown>,
) => void;
