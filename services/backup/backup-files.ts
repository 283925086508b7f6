/** Where backups are stored. */
import { join } from "node:path";

/** The path of a backup's file; the name comes from our own id, never from a client. */
export function fileOf(folder: string, id: string): string {
  return join(folder, `${id}.wppbak`);
}
