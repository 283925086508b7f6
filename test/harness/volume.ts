/**
 * A file system of its own for a data directory, like a volume that processes share, with the faults of one. Only root
 * can mount it.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SIZE = "96M";

export interface Volume {
  readonly path: string;
  /** Nothing can be written, created or deleted any more; what is open stays open. */
  setReadOnly(isReadOnly: boolean): void;
  /** Takes all space, or gives it back. */
  setFull(isFull: boolean): void;
  /** Writes wait, for as long as it takes; reads of what is not in memory do, too. */
  setHanging(isHanging: boolean): void;
  /** Ends all faults, and removes it with its files. */
  remove(): void;
}

const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: "pipe" });

/** Throws with the reason on a machine where nothing can be mounted. */
export function mountVolume(): Volume {
  if (process.getuid?.() !== 0)
    throw new Error("only root can mount a volume; run it as root, in a container of yours");
  const folder = mkdtempSync(join(tmpdir(), "wpp-volume-"));
  const [image, path, ballast] = [join(folder, "image"), join(folder, "data"), join(folder, "data", "ballast")];
  run("truncate", "-s", SIZE, image);
  run("mkfs.ext4", "-q", "-m", "0", image);
  run("mkdir", "-m", "700", path);
  run("mount", "-o", "loop", image, path);
  let isHanging = false;
  let isReadOnly = false;
  const volume: Volume = {
    path,
    setReadOnly: (value) => {
      if (value === isReadOnly) return;
      // A mount with open files cannot be made read-only.
      run("chattr", "-R", value ? "+i" : "-i", path);
      isReadOnly = value;
    },
    setFull: (value) => {
      if (!value) return rmSync(ballast, { force: true });
      try {
        run("dd", "if=/dev/zero", `of=${ballast}`, "bs=1M");
      } catch {
        // It ends with the error that nothing is left.
      }
    },
    setHanging: (value) => {
      if (value === isHanging) return;
      run("fsfreeze", value ? "--freeze" : "--unfreeze", path);
      isHanging = value;
    },
    remove: () => {
      volume.setHanging(false);
      volume.setReadOnly(false);
      run("umount", path);
      rmSync(folder, { recursive: true });
    },
  };
  return volume;
}
