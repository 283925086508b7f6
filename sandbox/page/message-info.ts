/** Who has received, read and played a message. */
import { define } from "./loader.ts";
import type { MsgKey } from "./message-key.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

/** `t` is in Unix seconds. */
class MsgInfoParticipantModel extends modelOf<{ id: Wid; t: number }>("msgInfoParticipant") {}

class ParticipantCollection extends Collection<MsgInfoParticipantModel> {}

interface MsgInfoAttributes {
  id: MsgKey;
  deliveryRemaining: number;
  readRemaining: number;
  playedRemaining: number;
}
class MsgInfoModel extends modelOf<MsgInfoAttributes>("msgInfo") {
  readonly delivery = new ParticipantCollection(MsgInfoParticipantModel);
  readonly read = new ParticipantCollection(MsgInfoParticipantModel);
  readonly played = new ParticipantCollection(MsgInfoParticipantModel);
}

class MsgInfoCollectionImpl extends Collection<MsgInfoModel> {
  /** Asks the server each time, as there is no event for every receipt that it has. */
  async find(key: MsgKey): Promise<MsgInfoModel> {
    const receipts = key.fromMe ? await ask("messageInfo", { id: key.id }) : [];
    const info = new MsgInfoModel({ id: key, deliveryRemaining: 0, readRemaining: 0, playedRemaining: 0 });
    for (const { by, deliveredAt, readAt, playedAt } of receipts) {
      note(info.delivery, by, deliveredAt);
      note(info.read, by, readAt);
      note(info.played, by, playedAt);
    }
    return info;
  }
}

function note(collection: ParticipantCollection, by: string, at: number | null): void {
  if (at !== null) collection.add(new MsgInfoParticipantModel({ id: createWid(by), t: Math.floor(at / 1000) }));
}

define("WAWebMsgInfoCollection", { MsgInfoCollection: new MsgInfoCollectionImpl(MsgInfoModel) });
define("WAWebMsgInfoModel", { default: MsgInfoModel });
define("WAWebMsgInfoParticipantModel", { default: MsgInfoParticipantModel });
define("WAWebMsgInfoParticipantCollection", { ParticipantCollection });
