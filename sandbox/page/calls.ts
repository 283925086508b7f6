/** Incoming calls. They are shown but cannot be answered. */
import type { LiveEvent } from "../../contracts/sandbox-wire.ts";
import { define } from "./loader.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, type Wid } from "./wid.ts";

interface CallAttributes {
  id: string;
  peerJid: Wid;
  isVideo: boolean;
  isGroup: boolean;
  /** Unix seconds. */
  offerTime: number;
}
class CallModel extends modelOf<CallAttributes>("call") {
  getState(): string {
    return "ReceivedCall";
  }
}

class CallCollectionImpl extends Collection<CallModel> {
  processIncomingCall(call: CallModel): CallModel {
    return this.add(call)[0]!;
  }
}
const CallCollection = new CallCollectionImpl(CallModel);

/** Shows an incoming call. */
export function receiveCall(event: Extract<LiveEvent, { type: "call" }>): void {
  const { id, from, video, at } = event;
  CallCollection.processIncomingCall(
    new CallModel({ id, peerJid: createWid(from), isVideo: video, isGroup: false, offerTime: Math.floor(at / 1000) }),
  );
}

define("WAWebCallCollection", { CallCollectionImpl, default: CallCollection });
define("WAWebCallModel", { default: CallModel });
define("WAWebCallConstants", { CALL_STATES: { ReceivedCall: "ReceivedCall" } });
