/**
 * The first schema: accounts, sessions, messages, events and webhooks. Immutable once released; later changes get their
 * own file.
 */
import type { Dialect } from "../database.ts";

/**
 * The statements that create the schema, in order. Times are ms since 1970 (BIGINT), ids and JSON are TEXT in both
 * dialects.
 */
export function up(dialect: Dialect): string[] {
  const serial = dialect === "postgres" ? "BIGSERIAL PRIMARY KEY" : "INTEGER PRIMARY KEY AUTOINCREMENT";
  return [...identity(), ...sessions(), ...messages(serial), ...events(serial), ...webhooks()];
}

function identity(): string[] {
  return [
    `CREATE TABLE tenants (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, plan TEXT NOT NULL, status TEXT NOT NULL,
      quotas TEXT NOT NULL, settings TEXT NOT NULL,
      version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)`,
    `CREATE TABLE users (
      id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL REFERENCES tenants(id) ON DELETE CASCADE,
      email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL, platform_admin BIGINT NOT NULL DEFAULT 0,
      password_hash TEXT NOT NULL, token_version BIGINT NOT NULL DEFAULT 0, disabled BIGINT NOT NULL DEFAULT 0,
      version BIGINT NOT NULL, last_login_at BIGINT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)`,
    `CREATE INDEX users_tenant ON users(tenant_id, id)`,
    // One row per signed-in device, with the hashes of its current and its previous refresh token.
    `CREATE TABLE logins (
      id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
      current_hash TEXT NOT NULL UNIQUE, previous_hash TEXT, successor TEXT, rotated_at BIGINT NOT NULL,
      user_agent TEXT, ip TEXT, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, revoked_at BIGINT, revoked_reason TEXT)`,
    `CREATE INDEX logins_user ON logins(tenant_id, user_id)`,
    // The hash of every refresh token that a login has issued, so that the reuse of an old one is recognised.
    `CREATE TABLE refresh_tokens (hash TEXT PRIMARY KEY, login_id TEXT NOT NULL REFERENCES logins(id) ON DELETE CASCADE, created_at BIGINT NOT NULL)`,
    `CREATE TABLE api_keys (
      id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL REFERENCES tenants(id) ON DELETE CASCADE, name TEXT NOT NULL,
      public_id TEXT NOT NULL UNIQUE, secret_hash TEXT NOT NULL, scopes TEXT NOT NULL, sessions TEXT, ip_allow TEXT,
      created_by TEXT, expires_at BIGINT, last_used_at BIGINT, revoked_at BIGINT, created_at BIGINT NOT NULL)`,
    `CREATE INDEX api_keys_tenant ON api_keys(tenant_id, id)`,
    `CREATE TABLE audit (
      id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, target TEXT,
      detail TEXT NOT NULL, request_id TEXT, at BIGINT NOT NULL)`,
    `CREATE INDEX audit_tenant ON audit(tenant_id, id)`,
  ];
}

function sessions(): string[] {
  return [
    `CREATE TABLE sessions (
      id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL REFERENCES tenants(id) ON DELETE CASCADE, name TEXT NOT NULL,
      network TEXT NOT NULL, driver TEXT NOT NULL, auto_start BIGINT NOT NULL, settings TEXT NOT NULL, metadata TEXT NOT NULL,
      state TEXT NOT NULL, reason TEXT NOT NULL, since BIGINT NOT NULL, evidence TEXT NOT NULL,
      me_chat_id TEXT, me_lid TEXT, me_name TEXT, pairing_phone TEXT,
      version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, UNIQUE (tenant_id, name))`,
    // Ownership: the process that runs the session, its epoch (fencing token, +1 on every claim, never reset), and its
    // send queue.
    `CREATE TABLE placements (
      session_id TEXT PRIMARY KEY REFERENCES sessions(id) ON DELETE CASCADE, tenant_id TEXT NOT NULL,
      desired TEXT NOT NULL, phase TEXT NOT NULL, epoch BIGINT NOT NULL DEFAULT 0,
      owner_incarnation TEXT, owner_node TEXT, not_before BIGINT NOT NULL DEFAULT 0, starts BIGINT NOT NULL DEFAULT 0,
      restart_token BIGINT NOT NULL DEFAULT 0, started_token BIGINT NOT NULL DEFAULT 0, next_send_at BIGINT NOT NULL DEFAULT 0, lane_paused TEXT, since BIGINT NOT NULL)`,
    `CREATE INDEX placements_owner ON placements(owner_incarnation)`,
    `CREATE INDEX placements_claimable ON placements(not_before) WHERE desired = 'running'`,
    `CREATE TABLE nodes (
      incarnation TEXT PRIMARY KEY, node_id TEXT NOT NULL, host_id TEXT NOT NULL, status TEXT NOT NULL,
      lease_until BIGINT NOT NULL, started_at BIGINT NOT NULL, dead_reason TEXT)`,
    `CREATE UNIQUE INDEX nodes_live ON nodes(host_id) WHERE status <> 'dead'`,
  ];
}

function messages(serial: string): string[] {
  return [
    `CREATE TABLE messages (
      seq ${serial}, id TEXT NOT NULL UNIQUE, tenant_id TEXT NOT NULL, session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
      direction TEXT NOT NULL, type TEXT NOT NULL, chat_id TEXT NOT NULL, chat_lid TEXT, author TEXT, push_name TEXT, content TEXT NOT NULL,
      text TEXT, media_id TEXT, reply_to TEXT, target_key TEXT, mentions TEXT, client_ref TEXT, batch_id TEXT, retry_of TEXT,
      status TEXT NOT NULL, priority BIGINT NOT NULL DEFAULT 5, send_at BIGINT, expires_at BIGINT,
      attempts BIGINT NOT NULL DEFAULT 0, next_attempt_at BIGINT, claim_epoch BIGINT, claim_deadline BIGINT,
      wa_id TEXT NOT NULL, wa_key TEXT, ack BIGINT, error_code TEXT, error_detail TEXT, timeline TEXT NOT NULL,
      edited_at BIGINT, revoked_at BIGINT, reactions TEXT, backfill BIGINT NOT NULL DEFAULT 0,
      wa_at BIGINT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)`,
    `CREATE INDEX messages_ready ON messages(session_id, priority, seq) WHERE status = 'queued'`,
    // "One in flight per session", enforced by the database even against bugs of our own.
    `CREATE UNIQUE INDEX messages_in_flight ON messages(session_id) WHERE status IN ('sending', 'reconciling')`,
    `CREATE INDEX messages_chat_block ON messages(session_id, chat_id, seq) WHERE status IN ('retrying', 'sending', 'reconciling')`,
    `CREATE INDEX messages_due ON messages(status, send_at) WHERE status = 'scheduled'`,
    `CREATE INDEX messages_retry ON messages(status, next_attempt_at) WHERE status = 'retrying'`,
    `CREATE INDEX messages_expiry ON messages(expires_at) WHERE status IN ('scheduled', 'queued', 'retrying')`,
    `CREATE UNIQUE INDEX messages_wa ON messages(session_id, wa_id)`,
    `CREATE INDEX messages_wa_key ON messages(session_id, wa_key) WHERE wa_key IS NOT NULL`,
    `CREATE UNIQUE INDEX messages_client_ref ON messages(session_id, client_ref) WHERE client_ref IS NOT NULL`,
    `CREATE INDEX messages_list ON messages(tenant_id, seq)`,
    `CREATE INDEX messages_session ON messages(session_id, seq)`,
    `CREATE INDEX messages_batch ON messages(tenant_id, batch_id) WHERE batch_id IS NOT NULL`,
    `CREATE INDEX messages_chat ON messages(session_id, chat_id, seq)`,
    `CREATE TABLE idempotency_keys (
      tenant_id TEXT NOT NULL, scope TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL,
      status BIGINT NOT NULL, body TEXT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, scope, key))`,
    `CREATE INDEX idempotency_expiry ON idempotency_keys(expires_at)`,
    // Counters for quotas, per tenant, metric and period (a day such as 2026-01-31).
    `CREATE TABLE usage_counters (tenant_id TEXT NOT NULL, metric TEXT NOT NULL, period TEXT NOT NULL, count BIGINT NOT NULL, PRIMARY KEY (tenant_id, metric, period))`,
    `CREATE TABLE media (
      id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, path TEXT NOT NULL, mimetype TEXT NOT NULL, filename TEXT,
      size BIGINT NOT NULL, sha256 TEXT NOT NULL, created_at BIGINT NOT NULL)`,
    `CREATE INDEX media_tenant ON media(tenant_id, id)`,
  ];
}

function events(serial: string): string[] {
  return [
    `CREATE TABLE events (
      seq ${serial}, id TEXT NOT NULL, tenant_id TEXT NOT NULL, session_id TEXT, type TEXT NOT NULL,
      at BIGINT NOT NULL, sequence BIGINT NOT NULL, data TEXT NOT NULL)`,
    `CREATE INDEX events_tenant ON events(tenant_id, seq)`,
    `CREATE INDEX events_at ON events(at)`,
    // The last sequence of each stream: a session, or a tenant for events without a session.
    `CREATE TABLE event_streams (stream_id TEXT PRIMARY KEY, sequence BIGINT NOT NULL)`,
    // The position of each durable reader of the log.
    `CREATE TABLE cursors (name TEXT PRIMARY KEY, position BIGINT NOT NULL)`,
  ];
}

function webhooks(): string[] {
  return [
    `CREATE TABLE webhooks (
      id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL REFERENCES tenants(id) ON DELETE CASCADE, url TEXT NOT NULL, events TEXT NOT NULL,
      sessions TEXT, headers TEXT NOT NULL, description TEXT NOT NULL, secret TEXT NOT NULL, previous_secret TEXT, previous_until BIGINT,
      status TEXT NOT NULL, disabled_reason TEXT, failing_since BIGINT, version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)`,
    `CREATE INDEX webhooks_tenant ON webhooks(tenant_id, id)`,
    `CREATE TABLE deliveries (
      id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, webhook_id TEXT NOT NULL REFERENCES webhooks(id) ON DELETE CASCADE,
      event_id TEXT NOT NULL, event_type TEXT NOT NULL, body TEXT NOT NULL, status TEXT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0,
      next_attempt_at BIGINT, locked_until BIGINT NOT NULL DEFAULT 0, log TEXT NOT NULL, created_at BIGINT NOT NULL, finished_at BIGINT)`,
    `CREATE UNIQUE INDEX deliveries_once ON deliveries(webhook_id, event_id)`,
    `CREATE INDEX deliveries_due ON deliveries(next_attempt_at) WHERE status = 'pending'`,
    `CREATE INDEX deliveries_list ON deliveries(tenant_id, webhook_id, id)`,
  ];
}
