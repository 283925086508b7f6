/** True when a write was refused because another row has the same unique value, whichever way the write went. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "SequelizeUniqueConstraintError") return true;
  const [code, sqlite] = ["code" in error ? error.code : undefined, "errcode" in error ? error.errcode : undefined];
  return code === "23505" || sqlite === 2067 || sqlite === 1555;
}
