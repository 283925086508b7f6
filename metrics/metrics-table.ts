/**
 * All metrics of the system except Moleculer's: name, labels, help, and the service whose processes export it. A label
 * has few values: never a session, a message, a tenant or an address. A test compares docs/metrics.md with this table.
 */
import type { ServiceName } from "../contracts/config.ts";

type MetricType = "counter" | "gauge" | "histogram";

interface Definition<T extends MetricType, L extends string> {
  readonly type: T;
  /** Exported by processes that run this service. */
  readonly of: ServiceName;
  readonly help: string;
  readonly labels: readonly L[];
  /** Upper bounds of a histogram; empty for other types. */
  readonly buckets: readonly number[];
}

function counter<L extends string>(of: ServiceName, help: string, ...labels: L[]): Definition<"counter", L> {
  return { type: "counter", of, help, labels, buckets: [] };
}

function gauge<L extends string>(of: ServiceName, help: string, ...labels: L[]): Definition<"gauge", L> {
  return { type: "gauge", of, help, labels, buckets: [] };
}

function histogram<L extends string>(
  of: ServiceName,
  help: string,
  buckets: readonly number[],
  ...labels: L[]
): Definition<"histogram", L> {
  return { type: "histogram", of, help, labels, buckets };
}

// Bucket bounds in seconds.
const ANSWERS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STATEMENTS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 15];
const PAUSES = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];
const SENDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120];
const WAITS = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3_600];
const STARTS = [0.1, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120];

const REQUESTS = {
  http_requests_total: counter(
    "api-gateway",
    "Requests answered; status_class is 2xx to 5xx, or aborted when the client disconnected first",
    "route",
    "method",
    "status_class",
  ),
  http_request_duration_seconds: histogram(
    "api-gateway",
    "Time from a request's headers to the end of its response",
    ANSWERS,
    "route",
    "method",
  ),
  http_requests_in_flight: gauge("api-gateway", "Requests in progress"),
  ws_connections: gauge("api-gateway", "Connected sockets by namespace, and streams", "namespace"),
  ws_events_sent_total: counter("api-gateway", "Events sent to sockets, counted once per socket"),
  ws_replay_events_total: counter("api-gateway", "Events read for sockets that reconnected with a cursor"),
};

const PLACEMENT = {
  wa_node_lease_remaining_seconds: gauge("session-node", "Time until this node's lease expires"),
  wa_node_lease_renew_duration_seconds: histogram("session-node", "Duration of lease renewals", ANSWERS),
  wa_node_lease_renew_failures_total: counter("session-node", "Failed renewals of the lease"),
  wa_node_fenced_total: counter(
    "cluster",
    "Nodes of the whole system that ended without releasing: lease expired, or found dead by a successor (host-lock)",
    "reason",
  ),
  wa_nodes: gauge("cluster", "Session nodes of the whole system, by state", "state"),
  wa_sessions: gauge("cluster", "Sessions of the whole system by the phase of their placement", "phase"),
  wa_sessions_unowned: gauge("cluster", "Sessions of the whole system that should run but are not run by a live node"),
  wa_session_takeovers_total: counter(
    "session-node",
    "Sessions that this node took over while they were running: after a crash, a drain or a failed start",
  ),
  wa_placement_stale_calls_total: counter(
    "session-node",
    "Calls that reached this node for a session that it does not run",
  ),
  wa_epoch_rejections_total: counter(
    "session-node",
    "Reports of sessions refused because a newer run owns the session",
    "op",
  ),
  wa_session_starts_total: counter(
    "session-node",
    "Starts of sessions: started, given_up, or lost to another node",
    "result",
  ),
  wa_session_start_duration_seconds: histogram(
    "session-node",
    "From claiming a paired session until it is connected; sessions that need pairing are not measured",
    STARTS,
  ),
};

const WHATSAPP = {
  wa_session_state: gauge("session-node", "Sessions that run on this node, by state", "state"),
  wa_session_disconnects_total: counter("session-node", "Sessions that lost their connection", "reason"),
  wa_conflicts_total: counter(
    "session-node",
    "Sessions opened elsewhere, as reported by WhatsApp; each is a possible second owner",
  ),
  wa_qr_generated_total: counter("session-node", "QR codes generated"),
  wa_logged_out_total: counter("session-node", "Sessions removed from their WhatsApp account", "reason"),
  wa_page_heartbeat_failures_total: counter("session-node", "Pages of paired sessions that did not respond in time"),
  wa_unknown_shapes_total: counter(
    "session-node",
    "Messages, notices and payloads that a driver did not understand; each new shape is logged once",
    "source",
  ),
};

const QUEUE = {
  wa_messages_accepted_total: counter("message", "Messages accepted for sending", "kind", "priority"),
  wa_messages_finished_total: counter(
    "message",
    "Outbound messages that ended: sent and failed on session nodes, expired and cancelled on the others",
    "status",
    "code",
  ),
  wa_messages_restored_total: counter(
    "session-node",
    "Sent messages that a promoted database server did not have, and that were written again",
  ),
  wa_queue_depth: gauge(
    "message",
    "Outbound messages of the whole system in a non-final status; priority is any unless the status is queued",
    "status",
    "priority",
  ),
  wa_queue_oldest_age_seconds: gauge(
    "message",
    "Age of the oldest queued message of the whole system; 0 for an empty queue",
    "priority",
  ),
  wa_send_attempts_total: counter("session-node", "Attempts to send: sent, rejected, not_sent, or unknown", "result"),
  wa_send_duration_seconds: histogram(
    "session-node",
    "From passing a message to its session until WhatsApp's acknowledgement",
    SENDS,
    "kind",
  ),
  wa_accept_to_sent_seconds: histogram(
    "session-node",
    "From acceptance, or from sendAt, until WhatsApp's acknowledgement",
    WAITS,
    "priority",
  ),
  wa_reconcile_total: counter(
    "session-node",
    "Lookups of messages of unknown outcome: sent, not_found, or still unknown",
    "result",
  ),
  wa_lanes_paused: gauge(
    "session-node",
    "Sessions whose queue is paused: pace between two sends, lookup before checking a message of unknown outcome",
    "reason",
  ),
  wa_thread_heap_bytes: gauge("session-node", "Used heap of each thread of session actors", "thread"),
};

const WEBHOOKS = {
  webhook_attempts_total: counter(
    "webhook",
    "Delivery attempts: delivered, failed, gone (HTTP 410), or blocked (the URL is not allowed)",
    "result",
  ),
  webhook_duration_seconds: histogram("webhook", "Duration of delivery attempts", ANSWERS),
  webhook_backlog: gauge("webhook", "Pending deliveries of the whole system"),
  webhook_oldest_pending_seconds: gauge("webhook", "Age of the oldest pending delivery; 0 without one"),
  webhook_endpoints_disabled_total: counter("webhook", "Endpoints disabled: gone or failing", "reason"),
  webhook_ssrf_blocked_total: counter("webhook", "Delivery attempts refused because the URL is not allowed"),
};

const SECURITY = {
  auth_failures_total: counter("auth", "Refused credentials: password, token, api_key, refresh", "kind"),
  refresh_reuse_total: counter("auth", "Refresh tokens used twice, and therefore treated as stolen"),
  authz_denied_total: counter("api-gateway", "Authenticated requests and sockets without the permission"),
  ratelimited_total: counter(
    "api-gateway",
    "Requests refused by a limit: tenant, tenant-burst, address, refused, socket; login from the service auth",
    "policy",
  ),
};

const RESOURCES = {
  process_cpu_seconds_total: counter("health", "CPU time of the process with all its threads"),
  process_resident_memory_bytes: gauge("health", "Resident memory of the process"),
  process_start_time_seconds: gauge("health", "Start time of the process, in Unix time"),
  process_open_fds: gauge("health", "Open file descriptors"),
  nodejs_heap_size_used_bytes: gauge("health", "Used heap of the main thread"),
  nodejs_heap_size_limit_bytes: gauge("health", "Heap limit of the main thread"),
  nodejs_external_memory_bytes: gauge("health", "Memory outside the heap, such as buffers"),
  nodejs_eventloop_lag_seconds: gauge(
    "health",
    "Event loop delay of the main thread in the latest sample of 10 s",
    "quantile",
  ),
  nodejs_gc_duration_seconds: histogram("health", "Garbage collection pauses of the main thread", PAUSES, "kind"),
  chromium_processes: gauge("session-node", "Chromium processes on profiles in this data directory"),
  chromium_memory_bytes: gauge(
    "session-node",
    "Memory of a browser with all its processes; memory that processes share is divided among them",
    "quantile",
  ),
  chromium_orphans: gauge("session-node", "Browsers whose Node process has ended"),
  zombie_processes: gauge("session-node", "Ended processes that were not reaped"),
  db_up: gauge("health", "1 if the database answered within the last 5 s"),
  db_pool_used: gauge("health", "Used PostgreSQL connections of this process"),
  db_pool_waiting: gauge("health", "Requests waiting for a PostgreSQL connection"),
  db_replica_lag_seconds: gauge(
    "analytics",
    "How far the read replica is behind the primary; 0 when it has everything",
  ),
  db_replica_reads_total: counter(
    "analytics",
    "Lists and reports of a system with a read replica, by the server that answered",
    "from",
  ),
  db_query_duration_seconds: histogram(
    "health",
    "Duration of statements and transactions, including the wait for a connection or the write lock",
    STATEMENTS,
    "op",
  ),
  db_xmin_horizon_age_seconds: gauge(
    "health",
    "Age of the oldest transaction in the PostgreSQL database; it delays event readers and vacuum",
  ),
  nats_connected: gauge("health", "1 if NATS is connected"),
  nats_reconnects_total: counter("health", "Reconnections to NATS"),
  disk_free_bytes: gauge(
    "health",
    "Free space of the volumes this process writes to: data, and backups with that service",
    "volume",
  ),
  disk_size_bytes: gauge("health", "Size of the same volumes", "volume"),
  backup_last_success_timestamp_seconds: gauge(
    "backup",
    "Time of the latest finished backup of the installation, in Unix time",
  ),
  backup_last_verified_timestamp_seconds: gauge(
    "backup",
    "Time of the latest successful verification of a backup of the installation, in Unix time",
  ),
  build_info: gauge("health", "Always 1; the labels name the version and commit", "version", "commit"),
};

export const METRICS = { ...REQUESTS, ...PLACEMENT, ...WHATSAPP, ...QUEUE, ...WEBHOOKS, ...SECURITY, ...RESOURCES };

type Metrics = typeof METRICS;
/** Names of the metrics of a type. */
export type NameOf<T extends MetricType> = {
  [N in keyof Metrics]: Metrics[N]["type"] extends T ? N : never;
}[keyof Metrics];
/** A value for each label of the metric. */
export type LabelsOf<N extends keyof Metrics> = Readonly<Record<Metrics[N]["labels"][number], string>>;
