/** Calls: they ring, and are answered or end. There is no sound or picture. */
import type { LiveEvent } from "../../contracts/sandbox-wire.ts";
import type { WireCall } from "../../contracts/sandbox-wire-people.ts";
import { define } from "./loader.ts";
import { isMe } from "./me.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

const CALL_STATES = {
  ReceivedCall: "ReceivedCall",
  Calling: "Calling",
  CallActive: "CallActive",
  Rejected: "Rejected",
  Ending: "Ending",
} as const;
type CallState = (typeof CALL_STATES)[keyof typeof CALL_STATES];

interface CallAttributes {
  id: string;
  peerJid: Wid;
  isVideo: boolean;
  isGroup: boolean;
  outgoing: boolean;
  state: CallState;
  /** Unix seconds. */
  offerTime: number;
}
class CallModel extends modelOf<CallAttributes>("call") {
  getState(): CallState {
    return this.state;
  }
}

class CallCollectionImpl extends Collection<CallModel> {
  activeCall: CallModel | null = null;
  /** The real collection holds its calls in a map, in which code of others watches them arrive. */
  readonly calls = new Map<string, CallModel>();

  processIncomingCall(call: CallModel): CallModel {
    this.calls.set(call.id, call);
    return this.add(call)[0]!;
  }
  setActiveCall(call: CallModel | null): void {
    this.activeCall = call;
  }
}
const CallCollection = new CallCollectionImpl(CallModel);

/** Shows an incoming call; the first one that rings is the active one. */
export function receiveCall({ id, from, video, at }: Extract<LiveEvent, { type: "call" }>): void {
  const state = CALL_STATES.ReceivedCall;
  const offerTime = Math.floor(at / 1000);
  const peerJid = createWid(from);
  const call = CallCollection.processIncomingCall(
    new CallModel({ id, peerJid, isVideo: video, isGroup: false, outgoing: false, state, offerTime }),
  );
  if (CallCollection.activeCall === null) CallCollection.setActiveCall(call);
}

const STATES: Record<WireCall["state"], CallState> = {
  ringing: CALL_STATES.Calling,
  accepted: CALL_STATES.CallActive,
  rejected: CALL_STATES.Rejected,
  ended: CALL_STATES.Ending,
};

/** Applies a change of a call: by the other side, or by the account on any of its devices. */
export function receiveCallUpdate(call: WireCall): void {
  const model = CallCollection.get(call.id);
  if (model === undefined) {
    if (isMe(call.from)) showOwnCall(call, createWid(call.to));
    return;
  }
  const isRinging = call.state === "ringing";
  model.set({ state: isRinging && !model.outgoing ? CALL_STATES.ReceivedCall : STATES[call.state] });
  if (!isRinging && call.state !== "accepted" && CallCollection.activeCall === model) {
    const next = CallCollection.getModelsArray().find(({ state }) => state === CALL_STATES.ReceivedCall);
    CallCollection.setActiveCall(next ?? null);
  }
}

function showOwnCall({ id, video, at }: WireCall, peerJid: Wid): CallModel {
  const offerTime = Math.floor(at / 1000);
  const state = CALL_STATES.Calling;
  const model = new CallModel({ id, peerJid, isVideo: video, isGroup: false, outgoing: true, state, offerTime });
  const call = CallCollection.add(model)[0]!;
  call.set({ peerJid });
  return call;
}

async function startWAWebVoipCall(to: Wid, isVideo: boolean): Promise<void> {
  const call = await ask("offerCall", { to: to.toString(), video: isVideo });
  CallCollection.setActiveCall(showOwnCall(call, to));
}

/** Answers a call, from the screen or by a stanza. */
export async function answerCall(id: string, accept: boolean): Promise<void> {
  receiveCallUpdate(await ask("answerCall", { id, accept }));
}

const active = (): CallModel => {
  if (CallCollection.activeCall === null) throw new Error("there is no call");
  return CallCollection.activeCall;
};

const stack = {
  acceptCall: () => answerCall(active().id, true),
  rejectCall: () => answerCall(active().id, false),
  endCall: async () => receiveCallUpdate(await ask("endCall", { id: active().id })),
};

define("WAWebCallCollection", { CallCollectionImpl, default: CallCollection });
define("WAWebCallModel", { default: CallModel });
define("WAWebCallConstants", { CALL_STATES });
define("WAWebVoipStartCall", { startWAWebVoipCall });
define("WAWebVoipStackInterface", { getVoipStackInterface: () => Promise.resolve(stack) });
define("WAWebVoipBackendLoadable", {
  requireVoipJsBackend: () => Promise.resolve({ WAWebVoipInit: { initWAWebVoip: () => Promise.resolve() } }),
});
/** wa-js wraps these, to turn calls on. */
define("WAWebVoipGatingUtils", {
  isCallingEnabled: () => false,
  isUnsupportedBrowserForWebCalling: () => false,
  isVoipDownloadEnabled: () => false,
  getUnsupportedBrowserReason: () => null,
});
