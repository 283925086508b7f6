/** Media: blobs in memory, the media store, and a message's media data. */
import { define } from "./loader.ts";
import { modelOf } from "./model.ts";
import { commit, readMedia, type MessageRecord } from "./storage.ts";
import { ask } from "./wire.ts";

/** The largest media, in bytes, that fits into a frame of the wire. */
const UPLOAD_LIMIT = 16 * 1024 * 1024;

/** A blob in the wrapper that wa-js expects. */
export class OpaqueData {
  readonly #blob: Blob;
  readonly #type: string;

  constructor(blob: Blob, type: string) {
    this.#blob = blob;
    this.#type = type;
  }
  static createFromData(data: BlobPart, type: string): Promise<OpaqueData> {
    return Promise.resolve(new OpaqueData(data instanceof Blob ? data : new Blob([data], { type }), type));
  }
  type(): string {
    return this.#type;
  }
  size(): number {
    return this.#blob.size;
  }
  forceToBlob(): Blob {
    return this.#blob;
  }
  autorelease(): void {
    // The garbage collector frees the blob.
  }
  throwIfReleased(): void {
    // It is never released.
  }
}

interface MediaDataAttributes {
  type: string;
  mimetype: string;
  filehash: string;
  filename: string | undefined;
  size: number;
  mediaStage: string;
}

/** The description of a message's media. */
export class MediaData extends modelOf<MediaDataAttributes>("mediaData") {
  /** Set while the bytes are in memory, such as before an upload. */
  mediaBlob: OpaqueData | undefined;
  readonly #owner: { from: string; id: string } | undefined;

  constructor(attributes: Partial<MediaDataAttributes>, owner?: { from: string; id: string }) {
    super(attributes);
    this.#owner = owner;
  }

  /** Downloads the bytes into the store, unless they are there. */
  async download(): Promise<void> {
    if (this.#owner === undefined || (await readMedia(this.filehash)) !== undefined) return;
    const media = await ask("getMedia", this.#owner);
    if (media === null) throw new Error("the media no longer exists");
    await commit({ media: [{ filehash: this.filehash, mimetype: media.mimetype, bytes: bytesOf(media.data) }] });
  }
}

let port = 0;

/** Encrypted media are at this port of the machine that the page is served from. */
export function setMediaPort(given: number): void {
  port = given;
}

/** What a message with media shows of its encrypted file, which the library can fetch and decrypt. */
export function fileAttributes({ wire: { media }, at, thumbnail }: MessageRecord): Record<string, unknown> {
  const preview = thumbnail === undefined ? {} : { body: thumbnail };
  if (media?.file === undefined) return preview;
  const { key, path, size, sha256, encSha256 } = media.file;
  const url = `http://127.0.0.1:${port}${path}`;
  return {
    ...preview,
    mediaKey: key,
    mediaKeyTimestamp: Math.floor(at / 1000),
    directPath: path,
    deprecatedMms3Url: url,
    clientUrl: url,
    size,
    filehash: sha256,
    encFilehash: encSha256,
  };
}

export function mediaAttributes(record: MessageRecord): MediaData {
  const { media, from, id, type } = record.wire;
  const attributes = {
    type,
    mimetype: media?.mimetype ?? "",
    filehash: record.filehash ?? "",
    filename: media?.filename ?? undefined,
    ...(media?.file === undefined ? {} : { size: media.file.size }),
    mediaStage: "RESOLVED",
  };
  return new MediaData(attributes, { from, id });
}

/** Decodes Base64. */
export function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.fromBase64(base64).buffer;
}

/** Encodes bytes as Base64. */
export async function base64Of(bytes: BlobPart): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("cannot read the blob"));
    reader.readAsDataURL(new Blob([bytes]));
  });
  return url.slice(url.indexOf(",") + 1);
}

/** Base64 SHA-256, the key of the media store. */
export async function filehashOf(bytes: ArrayBuffer): Promise<string> {
  return base64Of(await crypto.subtle.digest("SHA-256", bytes));
}

const LruMediaStore = {
  get: async (filehash: string) => (await readMedia(filehash))?.bytes,
  put: () => Promise.resolve(),
  del: () => Promise.resolve(),
  clear: () => Promise.resolve(),
  count: () => Promise.resolve(0),
  has: async (filehash: string) => (await readMedia(filehash)) !== undefined,
};

define("WAWebMediaOpaqueData", { default: OpaqueData });
define("WAWebMediaDataModel", { default: MediaData });
define("WAWebLruMediaStorageIDB", { LruMediaStore });
define("WAWebMediaGatingUtils", { getUploadLimit: () => UPLOAD_LIMIT });
