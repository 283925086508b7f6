/**
 * Every metric of the system's own: its name as Prometheus sees it, its labels, what it means, and the service whose
 * processes export it. Labels have few values, always: a session, a message, a tenant or an address is never one.
 * docs/metrics.md is held to this table by a test.
 */
import type { ServiceName } from "../contracts/config.ts";

type MetricType = "counter" | "gauge" | "histogram";

interface Definition<T extends MetricType, L extends string> {
  readonly type: T;
  /** Exported by processes that run this service. */
  readonly of: ServiceName;
  readonly help: string;
  readonly labels: readonly L[];
  /** Upper bounds of a histogram; none for the others. */
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

const ANSWERS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STATEMENTS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 15];
const PAUSES = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];
const SENDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120];
const WAITS = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3_600];
const STARTS = [0.1, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120];

const REQUESTS = {
  http_requests_total: counter(
    "api-gateway",
    "Requests answered; status_class is 2xx to 5xx, or aborted when the client went away first",
    "route",
    "method",
    "status_class",
  ),
  http_request_duration_seconds: histogram(
    "api-gateway",
    "Time from a request's headers to the end of its answer",
    ANSWERS,
    "route",
    "method",
  ),
  http_requests_in_flight: gauge("api-gateway", "Requests that are being answered"),
  ws_connections: gauge("api-gateway", "Sockets that are connected, by namespace", "namespace"),
  ws_events_sent_total: counter("api-gateway", "Events handed to sockets, each counted once for every socket"),
  ws_replay_events_total: counter("api-gateway", "Events looked through for sockets that came back with a cursor"),
};

const PLACEMENT = {
  wa_node_lease_remaining_seconds: gauge("session", "Time for which this node may still trust its lease"),
  wa_node_lease_renew_duration_seconds: histogram("session", "Time that a renewal of the lease took", ANSWERS),
  wa_node_lease_renew_failures_total: counter("session", "Renewals of the lease that failed"),
  wa_node_fenced_total: counter(
    "session",
    "Nodes of the whole system that ended without letting go: their lease ran out (expired), or their successor found them gone (host-lock)",
    "reason",
  ),
  wa_sessions: gauge("session", "Sessions of the whole system by the phase of their placement", "phase"),
  wa_sessions_unowned: gauge(
    "session",
    "Sessions of the whole system that want something done and that no living node runs",
  ),
  wa_session_takeovers_total: counter(
    "session",
    "Sessions that this node took up although they had been running before: after a crash, a drain or a failed start",
  ),
  wa_placement_stale_calls_total: counter("session", "Calls that reached this node for a session that it does not run"),
  wa_epoch_rejections_total: counter("session", "Reports of sessions refused because another run had taken over", "op"),
  wa_session_starts_total: counter(
    "session",
    "Starts of sessions: started, given_up, or lost to another node",
    "result",
  ),
  wa_session_start_duration_seconds: histogram(
    "session",
    "From taking a linked session up to its being connected; one that had to be paired is not measured",
    STARTS,
  ),
};

const WHATSAPP = {
  wa_session_state: gauge("session", "Sessions that run on this node, by state", "state"),
  wa_session_disconnects_total: counter("session", "Sessions that were connected and are not any more", "reason"),
  wa_conflicts_total: counter("session", "Sessions that WhatsApp opened elsewhere; each is a possible second owner"),
  wa_qr_generated_total: counter("session", "QR codes to be scanned"),
  wa_logged_out_total: counter("session", "Sessions whose device was removed from the account", "reason"),
  wa_page_heartbeat_failures_total: counter("session", "Pages of linked sessions that did not answer in time"),
};

const QUEUE = {
  wa_messages_accepted_total: counter("message", "Messages accepted for sending", "kind", "priority"),
  wa_messages_finished_total: counter(
    "message",
    "Outbound messages that came to their end: sent and failed on session nodes, expired and cancelled on the others",
    "status",
    "code",
  ),
  wa_queue_depth: gauge(
    "message",
    "Outbound messages of the whole system that are not final; what is not simply queued has the priority any",
    "status",
    "priority",
  ),
  wa_queue_oldest_age_seconds: gauge(
    "message",
    "For how long the first of the queued messages has waited, in the whole system; 0 for an empty queue",
    "priority",
  ),
  wa_send_attempts_total: counter("session", "Attempts to send: sent, rejected, not_sent, or unknown", "result"),
  wa_send_duration_seconds: histogram(
    "session",
    "From handing a message to its session to WhatsApp's acknowledgement",
    SENDS,
    "kind",
  ),
  wa_accept_to_sent_seconds: histogram(
    "session",
    "From acceptance, or from the planned time, to WhatsApp's acknowledgement",
    WAITS,
    "priority",
  ),
  wa_reconcile_total: counter(
    "session",
    "Lookups of messages of unknown outcome: sent, not_found, or still unknown",
    "result",
  ),
  wa_lanes_paused: gauge(
    "session",
    "Sessions that hold their next message back: pace between two sends, lookup before the next look at one of unknown outcome",
    "reason",
  ),
  wa_thread_heap_bytes: gauge("session", "Heap in use by each thread of session actors", "thread"),
};

const WEBHOOKS = {
  webhook_attempts_total: counter(
    "webhook",
    "Attempts to deliver: delivered, failed, gone (the receiver wants no more), or blocked (the URL leads where it must not)",
    "result",
  ),
  webhook_duration_seconds: histogram("webhook", "Time of an attempt to deliver", ANSWERS),
  webhook_backlog: gauge("webhook", "Deliveries of the whole system that wait for an attempt"),
  webhook_oldest_pending_seconds: gauge("webhook", "For how long the oldest of them has waited; 0 when none does"),
  webhook_endpoints_disabled_total: counter("webhook", "Endpoints switched off: gone or failing", "reason"),
  webhook_ssrf_blocked_total: counter("webhook", "Attempts refused because the URL leads where it must not"),
};

const SECURITY = {
  auth_failures_total: counter("auth", "Credentials that were refused: password, token, api_key, refresh", "kind"),
  refresh_reuse_total: counter("auth", "Refresh tokens used a second time, and taken for stolen"),
  authz_denied_total: counter("api-gateway", "Requests and sockets that were known and not allowed"),
  ratelimited_total: counter(
    "api-gateway",
    "Requests refused by a limit: tenant, tenant-burst, address, refused, socket; login on processes with the service auth",
    "policy",
  ),
};

const RESOURCES = {
  process_cpu_seconds_total: counter("health", "Processor time of the process with all its threads"),
  process_resident_memory_bytes: gauge("health", "Memory of the process"),
  process_start_time_seconds: gauge("health", "When the process started, in Unix time"),
  process_open_fds: gauge("health", "Open file descriptors"),
  nodejs_heap_size_used_bytes: gauge("health", "Heap in use by the main thread"),
  nodejs_heap_size_limit_bytes: gauge("health", "Heap that the main thread may use at most"),
  nodejs_external_memory_bytes: gauge("health", "Memory of buffers and the like, outside of the heap"),
  nodejs_eventloop_lag_seconds: gauge(
    "health",
    "Delay of the main thread's event loop since the last sample",
    "quantile",
  ),
  nodejs_gc_duration_seconds: histogram("health", "Pauses of the main thread for collecting garbage", PAUSES, "kind"),
  chromium_processes: gauge("session", "Processes of Chromium on profiles of this data directory"),
  chromium_rss_bytes: gauge(
    "session",
    "Memory of a browser with all its processes; what they share is counted for each",
    "quantile",
  ),
  chromium_orphans: gauge("session", "Browsers whose Node process is gone"),
  zombie_processes: gauge("session", "Ended processes that nobody has collected"),
  db_up: gauge("health", "1 while the database has answered within the last 5 s"),
  db_pool_used: gauge("health", "Connections of this process to PostgreSQL that are in use"),
  db_pool_waiting: gauge("health", "Work that waits for a connection to PostgreSQL"),
  db_query_duration_seconds: histogram(
    "health",
    "Time of statements and transactions, waiting for a connection or the write lock included",
    STATEMENTS,
    "op",
  ),
  db_xmin_horizon_age_seconds: gauge(
    "health",
    "Age of the oldest transaction in PostgreSQL's database, which holds back the event log's readers and vacuum",
  ),
  nats_connected: gauge("health", "1 while NATS is connected"),
  nats_reconnects_total: counter("health", "Connections to NATS that were made again"),
  disk_free_bytes: gauge(
    "health",
    "Free space where this process writes: data, and backups where it makes them",
    "volume",
  ),
  disk_size_bytes: gauge("health", "Size of the same volumes", "volume"),
  backup_last_success_timestamp_seconds: gauge(
    "backup",
    "When the latest backup of the installation was finished, in Unix time",
  ),
  backup_last_verified_timestamp_seconds: gauge(
    "backup",
    "When a backup of the installation last passed its check, in Unix time",
  ),
  build_info: gauge("health", "Always 1; the labels say what runs", "version", "commit"),
};

export const METRICS = { ...REQUESTS, ...PLACEMENT, ...WHATSAPP, ...QUEUE, ...WEBHOOKS, ...SECURITY, ...RESOURCES };

type Metrics = typeof METRICS;
/** Names of the metrics of a type. */
export type NameOf<T extends MetricType> = {
  [N in keyof Metrics]: Metrics[N]["type"] extends T ? N : never;
}[keyof Metrics];
/** A value for each label of the metric. */
export type LabelsOf<N extends keyof Metrics> = Readonly<Record<Metrics[N]["labels"][number], string>>;
