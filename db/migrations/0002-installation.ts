/** Values of the installation itself, by name. Compatible with the code of 0001. */
export function up(): string[] {
  return [`CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL)`];
}
