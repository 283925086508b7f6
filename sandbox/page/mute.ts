/** Whether and until when chats are muted. */
import { define } from "./loader.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

interface MuteAttributes {
  /** The chat's. */
  id: Wid;
  /** Unix seconds; 0 when it is not muted. */
  expiration: number;
  isMuted: boolean;
}

class MuteModel extends modelOf<MuteAttributes>("mute") {
  canMute(): boolean {
    return true;
  }
  async mute({ expiration }: { expiration: number }): Promise<void> {
    await ask("changeChat", { chat: this.id.toString(), change: "mute", until: Math.round(expiration * 1000) });
    this.apply(expiration);
  }
  async unmute(): Promise<void> {
    await ask("changeChat", { chat: this.id.toString(), change: "unmute" });
    this.apply(0);
  }
  /** Shows a state that the server has. */
  apply(expiration: number): void {
    this.set({ expiration, isMuted: expiration !== 0 });
  }
}

class MuteCollectionImpl extends Collection<MuteModel> {
  gadd(id: Wid): MuteModel {
    return muteOf(id);
  }
}
export const MuteCollection = new MuteCollectionImpl(MuteModel);

/** The state of a chat; creates it if needed. */
export function muteOf(id: Wid): MuteModel {
  return MuteCollection.get(id) ?? MuteCollection.add(new MuteModel({ id, expiration: 0, isMuted: false }))[0]!;
}

/** The old form of the action, which wppconnect uses; `expiration` 0 ends it. */
async function sendConversationMute(id: Wid | string, expiration: number): Promise<{ status: number }> {
  const mute = muteOf(createWid(id));
  await (expiration === 0 ? mute.unmute() : mute.mute({ expiration }));
  return { status: 200 };
}

define("WAWebMuteCollection", { MuteCollection });
define("WAWebMuteModel", { default: MuteModel });
define("WAWebConversationMuteBridge", { sendConversationMute });
