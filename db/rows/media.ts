/** Media in the store; `path` is relative to the data directory. */
export interface MediaRow {
  id: string;
  tenant_id: string;
  path: string;
  mimetype: string;
  filename: string | null;
  /** In bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
  /** ms; when it was stored, or last used by a request. */
  created_at: number;
}
