/** Media as they pass between the parts of the system. */

/** A media type with its parameters, in characters that a header can carry. */
export const MEDIA_TYPE = /^[a-z]+\/[\w.+-]+\s*(?:;[\x20-\x7e]*)?$/i;

/** The media type if it has the form of one; that of any bytes otherwise, since senders name theirs as they like. */
export function toMediaType(given: string | null | undefined): string {
  const type = given?.trim() ?? "";
  return type.length <= 200 && MEDIA_TYPE.test(type) ? type : "application/octet-stream";
}

/** Bytes at rest in the media store, named by a path that both the service and the driver can open. */
export interface StoredMedia {
  readonly path: string;
  readonly mimetype: string;
  readonly filename: string | null;
  /** In bytes. */
  readonly size: number;
}

/** Bytes in flight; handed to another thread by transfer, not by copy. */
export interface MediaBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mimetype: string;
  readonly filename: string | null;
}
