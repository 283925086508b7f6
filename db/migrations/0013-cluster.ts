/**
 * What a node tells about itself, what a session weighs and where it may run, and moves between nodes. Compatible with
 * code since 0001: it leaves the columns alone, and a node without a capacity counts as one of the smallest.
 */
export function up(): string[] {
  return [
    // Memory in MB: `capacity` is what the node has for sessions, `load` the weight of those that it owns.
    ...[
      "version TEXT",
      "zone TEXT",
      "node_group TEXT",
      "capacity BIGINT NOT NULL DEFAULT 1",
      "load BIGINT NOT NULL DEFAULT 0",
      "sessions BIGINT NOT NULL DEFAULT 0",
      "starting BIGINT NOT NULL DEFAULT 0",
      "max_sessions BIGINT NOT NULL DEFAULT 10000",
      "renewed_at BIGINT NOT NULL DEFAULT 0",
      "left_at BIGINT",
    ].map((column) => `ALTER TABLE nodes ADD COLUMN ${column}`),
    ...[
      "weight BIGINT NOT NULL DEFAULT 1",
      // Null: everywhere.
      "zone TEXT",
      "node_group TEXT",
      // The node that a move was requested to, and why.
      "move_to TEXT",
      "move_reason TEXT",
      "preferred_node TEXT",
      "preferred_until BIGINT NOT NULL DEFAULT 0",
      "moved_at BIGINT NOT NULL DEFAULT 0",
      // The node that owned the session before it was released.
      "last_node TEXT",
    ].map((column) => `ALTER TABLE placements ADD COLUMN ${column}`),
    "UPDATE placements SET weight = 400 WHERE session_id IN (SELECT id FROM sessions WHERE driver = 'browser')",
    "CREATE INDEX placements_waiting ON placements(since) WHERE owner_incarnation IS NULL AND desired <> 'stopped'",
  ];
}
