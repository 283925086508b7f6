/** Prepares a file for sending: its kind, its bytes and the message that carries it. */
import { uploadProductImage } from "./business/catalog-actions.ts";
import { MsgKey } from "./message-key.ts";
import { showOwnStatus } from "./channels/statuses.ts";
import { define } from "./loader.ts";
import { filehashOf, MediaData, type OpaqueData } from "./media.ts";
import type { ChatModel } from "./chats.ts";
import { sendMessage, type Outgoing, type SendResult } from "./outgoing.ts";

interface PrepareOptions {
  isPtt?: boolean;
  asDocument?: boolean;
  asSticker?: boolean;
  asGif?: boolean;
  /** What wa-js measured of a voice message; undefined when it could not. */
  precomputedFields?: { duration: number; waveform: Uint8Array };
}

interface SendOptions {
  caption?: string;
  isViewOnce?: boolean;
  /** Undefined for a status: the key of one is made here. */
  productMsgOptions: Outgoing | undefined;
}

function kindOf(mimetype: string, options: PrepareOptions): string {
  if (options.asDocument === true) return "document";
  if (options.asSticker === true) return "sticker";
  const [kind] = mimetype.split("/");
  if (kind === "audio") return options.isPtt === true ? "ptt" : "audio";
  return kind === "image" || kind === "video" ? kind : "document";
}

class MediaPrep {
  readonly _mediaData: MediaData;
  readonly #blob: Blob;
  readonly #options: PrepareOptions;

  constructor(data: OpaqueData, options: PrepareOptions) {
    this.#blob = data.forceToBlob();
    this.#options = options;
    this._mediaData = new MediaData({
      type: kindOf(data.type(), options),
      mimetype: data.type(),
      size: data.size(),
      mediaStage: "INIT",
    });
  }

  waitForPrep(): Promise<MediaData> {
    return Promise.resolve(this._mediaData);
  }

  /** Adds the message to the chat asynchronously, as in the real client: wa-js listens for it only after this call. */
  async sendToChat({ chat, options }: { chat: ChatModel; options: SendOptions }): Promise<SendResult> {
    const bytes = await this.#blob.arrayBuffer();
    const filehash = await filehashOf(bytes);
    this._mediaData.set({ filehash, mediaStage: "RESOLVED" });
    const { caption: _caption, ...raw } = options.productMsgOptions ?? { id: MsgKey.own(chat.id) };
    const caption = options.caption === undefined ? {} : { caption: options.caption };
    const { asGif, precomputedFields } = this.#options;
    const outgoing = {
      ...raw,
      ...caption,
      ...precomputedFields,
      type: this._mediaData.type,
      isViewOnce: options.isViewOnce === true,
      isGif: asGif === true,
    };
    const [shown, result] = sendMessage(
      chat,
      outgoing,
      { filehash, mimetype: this._mediaData.mimetype, bytes },
      this._mediaData,
    );
    if (chat.id.isStatusV3()) showOwnStatus(await shown);
    return result;
  }
}

define("WAWebMediaPrep", {
  MediaPrep,
  prepRawMedia: (data: OpaqueData, options: PrepareOptions) => new MediaPrep(data, options),
  uploadProductImage,
});
