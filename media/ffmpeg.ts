/**
 * Runs ffmpeg on media that a tenant sends. The media are hostile until shown otherwise: the format is always given, so
 * that a playlist is never opened as one; no protocol but local files is available, so that nothing can be fetched; and
 * time, memory, size and the number of processes are bounded. Decision 20 has the reasons.
 */
import { spawn } from "node:child_process";
import { access, constants, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { Semaphore } from "../concurrency/semaphore.ts";
import { Problem } from "../contracts/errors.ts";

/** ms for one run. */
const RUN_TIMEOUT = 25_000;
/** ms that a request waits for its turn; with the download before it, it ends before the gateway's deadline. */
const TURN_TIMEOUT = 10_000;
/** Seconds of CPU after which the system ends ffmpeg, should this process die before it. */
const CPU_LIMIT = 30;
/** Bytes of a single allocation. */
const MEMORY_LIMIT = 256 * 1024 * 1024;
const MAX_PIXELS = 50_000_000;
const PARALLEL = 2;
const MAX_ERROR_TEXT = 4_000;

/** Thrown when ffmpeg cannot read or convert the media; the message is its reason. */
export class ConversionError extends Error {
  override readonly name = "ConversionError";
}

export interface Conversion {
  readonly bytes: Uint8Array;
  /** ffmpeg's name of the input's format. Only this one is tried. */
  readonly format: string;
  /** Arguments for the result; null when only `onSound` is wanted. */
  readonly output: { readonly args: readonly string[]; readonly name: string } | null;
  /** Limit of the result, in bytes. */
  readonly maxBytes: number;
  /** Receives the first sound track as 16-bit samples of `SAMPLE_RATE`, mono. */
  readonly onSound?: (samples: Buffer) => void;
}

/** Samples per second for `onSound`. */
export const SAMPLE_RATE = 8_000;

export interface FfmpegTimes {
  readonly runTimeout?: number;
  readonly turnTimeout?: number;
}

/** The program that converts; undefined when there is none. `path` null: looks in PATH. */
export async function findFfmpeg(path: string | null): Promise<string | undefined> {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  for (const candidate of path === null ? folders.map((folder) => join(folder, "ffmpeg")) : [path]) {
    const isProgram = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isProgram) return candidate;
  }
  return undefined;
}

export class Ffmpeg {
  readonly #path: string;
  readonly #slots = new Semaphore(PARALLEL);
  readonly #times: Required<FfmpegTimes>;

  constructor(path: string, { runTimeout = RUN_TIMEOUT, turnTimeout = TURN_TIMEOUT }: FfmpegTimes = {}) {
    this.#path = path;
    this.#times = { runTimeout, turnTimeout };
  }

  /**
   * Converts; the result is empty without `output`. Throws ConversionError, and the problems `media_too_large` for a
   * large result and `unavailable` when it has waited too long for its turn.
   */
  async run(conversion: Conversion): Promise<Buffer<ArrayBuffer>> {
    const release = await this.#slots.acquire(AbortSignal.timeout(this.#times.turnTimeout)).catch(() => {
      throw new Problem("unavailable", "too many media are being converted", { retryAfter: 5 });
    });
    try {
      return await this.#convert(conversion);
    } finally {
      release();
    }
  }

  async #convert(conversion: Conversion): Promise<Buffer<ArrayBuffer>> {
    const folder = await mkdtemp(join(tmpdir(), "wpp-media-"));
    try {
      const input = join(folder, "input");
      await writeFile(input, conversion.bytes, { mode: 0o600 });
      const output = conversion.output === null ? null : join(folder, conversion.output.name);
      await this.#spawn(folder, argumentsOf(conversion, input, output), conversion.onSound);
      if (output === null) return Buffer.alloc(0);
      const result = await readFile(output);
      if (result.length >= conversion.maxBytes)
        throw new Problem("media_too_large", "the converted media exceed the limit");
      if (result.length === 0) throw new ConversionError("it has no content");
      return result;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** The process has a group of its own, which is killed as a whole when its time is over. */
  async #spawn(folder: string, args: readonly string[], onSound?: (samples: Buffer) => void): Promise<void> {
    const child = spawn(this.#path, args, {
      cwd: folder,
      env: { PATH: process.env["PATH"] ?? "" },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let errors = "";
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      kill(child.pid);
    }, this.#times.runTimeout);
    child.stdout.on("data", (samples: Buffer) => onSound?.(samples));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (errors.length < MAX_ERROR_TEXT) errors += text;
    });
    child.once("error", (error) => reject(new Error(`ffmpeg cannot be run: ${error.message}`, { cause: error })));
    child.once("close", (code) => {
      if (isLate) reject(new ConversionError(`it took longer than ${this.#times.runTimeout / 1_000} s`));
      else if (code === 0) resolve();
      else reject(new ConversionError(reasonIn(errors, folder)));
    });
    try {
      await promise;
    } finally {
      clearTimeout(timer);
    }
  }
}

function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended in the meantime.
  }
}

function argumentsOf(conversion: Conversion, input: string, output: string | null): string[] {
  const { format, maxBytes, onSound } = conversion;
  const result =
    output === null
      ? []
      : [...conversion.output!.args, "-map_metadata", "-1", "-fs", String(maxBytes), "-y", `file:${output}`];
  const sound = ["-map", "0:a:0", "-c:a", "pcm_s16le", "-ac", "1", "-ar", String(SAMPLE_RATE), "-f", "s16le", "pipe:1"];
  return [
    ...["-nostdin", "-hide_banner", "-loglevel", "error", "-abort_on", "empty_output_stream"],
    ...["-timelimit", String(CPU_LIMIT), "-max_alloc", String(MEMORY_LIMIT), "-max_pixels", String(MAX_PIXELS)],
    ...["-protocol_whitelist", "file", "-format_whitelist", format, "-f", format, "-i", `file:${input}`],
    ...result,
    ...(onSound === undefined ? [] : sound),
  ];
}

/** The last line that ffmpeg wrote, without the paths of this machine. */
function reasonIn(errors: string, folder: string): string {
  const lines = errors.split("\n").filter((line) => line.trim() !== "");
  const last = lines.findLast((line) => !line.startsWith("Conversion failed")) ?? "it cannot be read";
  return last
    .replaceAll(`file:${folder}/`, "")
    .replaceAll(`${folder}/`, "")
    .replace(/\[[^\]]* @ 0x[0-9a-f]+\] /g, "")
    .slice(0, 200);
}
