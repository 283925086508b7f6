/** The models in which the real client exposes its connection: Socket, Stream, Conn and the network status. */
import { EventEmitter } from "./events.ts";
import { define } from "./loader.ts";
import { modelOf } from "./model.ts";
import { ask } from "./wire.ts";

export type SocketState =
  "OPENING" | "PAIRING" | "UNPAIRED" | "UNPAIRED_IDLE" | "CONNECTED" | "TIMEOUT" | "CONFLICT" | "TOS_BLOCK";
export type StreamMode = "QR" | "SYNCING" | "MAIN" | "OFFLINE" | "CONFLICT" | "TOS_BLOCK";
export type StreamInfo = "OFFLINE" | "OPENING" | "PAIRING" | "SYNCING" | "RESUMING" | "CONNECTING" | "NORMAL";

interface SocketAttributes {
  state: SocketState;
  stream: "DISCONNECTED" | "SYNCING" | "RESUMING" | "CONNECTED";
  /** What came while the device was away is there. */
  hasSynced: boolean;
}

/** Emits the user's requests to the connection, `connect` and `logout`, to which `connection.ts` listens. */
export const requests = new EventEmitter();

class SocketModel extends modelOf<SocketAttributes>("socket") {
  logout(): void {
    requests.trigger("logout");
  }
  takeover(): void {
    requests.trigger("connect");
  }
  poke(): void {
    requests.trigger("connect");
  }
}

interface StreamAttributes {
  mode: StreamMode | undefined;
  info: StreamInfo;
  displayInfo: StreamInfo;
  needsUpdate: boolean;
}

class StreamModel extends modelOf<StreamAttributes>("stream") {
  markAvailable(): void {
    sendAvailability(true);
  }
  markUnavailable(): void {
    sendAvailability(false);
  }
}

/** A failure is only logged: the presence is sent again on the next connection. */
function sendAvailability(available: boolean): void {
  desiredPresence.available = available;
  ask("setPresence", { available }).catch((error: unknown) => console.warn(error));
}

/** The presence that the user has set; undefined before that. */
export const desiredPresence: { available: boolean | undefined } = { available: undefined };

interface ConnAttributes {
  ref: string | null;
  connected: boolean;
  wid: unknown;
  pushname: string | null;
  platform: string;
  isSMB: boolean;
  refTTL: number;
}

class ConnModel extends modelOf<ConnAttributes>("conn") {}

class NetworkStatusModel extends modelOf<{ online: boolean }>("networkStatus") {
  checkOnline(): boolean {
    return this.online;
  }
}

export const Socket = new SocketModel({ state: "OPENING", stream: "DISCONNECTED", hasSynced: false });
export const Stream = new StreamModel({ mode: undefined, info: "OPENING", displayInfo: "OPENING", needsUpdate: false });
export const Conn = new ConnModel({
  ref: null,
  connected: false,
  wid: null,
  pushname: null,
  platform: "android",
  isSMB: false,
  refTTL: 20_000,
});
export const NetworkStatus = new NetworkStatusModel({ online: true });

define("WAWebSocketModel", { Socket });
define("WAWebStreamModel", { Stream });
define("WAWebConnModel", { Conn, ConnImpl: ConnModel });
define("WAWebNetworkStatus", { default: NetworkStatus });
/** Passes on what the server sends, before it is shown. */
export const { BackendEventBus } = define("WAWebBackendEventBus", {
  BackendEventBus: new EventEmitter(),
  BackendEvent: {},
});
define("WAWebSocketConstants", {
  SOCKET_STATE: {
    OPENING: "OPENING",
    PAIRING: "PAIRING",
    UNPAIRED: "UNPAIRED",
    UNPAIRED_IDLE: "UNPAIRED_IDLE",
    CONNECTED: "CONNECTED",
    TIMEOUT: "TIMEOUT",
    CONFLICT: "CONFLICT",
    TOS_BLOCK: "TOS_BLOCK",
  },
  SOCKET_STREAM: { DISCONNECTED: "DISCONNECTED", SYNCING: "SYNCING", RESUMING: "RESUMING", CONNECTED: "CONNECTED" },
});
