/** Media as they pass between the parts of the system. */

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
