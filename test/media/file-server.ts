/** A file server with habits and faults of real ones: `/<behaviour>/<name of a sample>` or `/<fault>`. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { MediaKind } from "../../contracts/message-kinds.ts";
import { mediaFile, PNG, WEBP } from "../harness/media-files.ts";

export interface Sample {
  readonly kind: MediaKind;
  readonly name: string;
  /** The type that a server or a data: URL gives it. */
  readonly type: string;
  readonly bytes: Buffer;
}

export const SAMPLES: readonly Sample[] = [
  { kind: "image", name: "dot.png", type: "image/png", bytes: PNG },
  { kind: "video", name: "clip.mp4", type: "video/mp4", bytes: mediaFile("clip.mp4") },
  { kind: "gif", name: "clip.mp4", type: "video/mp4", bytes: mediaFile("clip.mp4") },
  { kind: "audio", name: "song.mp3", type: "audio/mpeg", bytes: mediaFile("song.mp3") },
  { kind: "voice", name: "voice.ogg", type: "audio/ogg; codecs=opus", bytes: mediaFile("voice.ogg") },
  { kind: "sticker", name: "dot.webp", type: "image/webp", bytes: WEBP },
  { kind: "document", name: "report.csv", type: "text/csv", bytes: Buffer.from("a;b\n1;2\nü;😀\n") },
];

/** What the file server does for a path; the sample is chosen by the path's last part. */
const BEHAVIOURS: Record<string, (response: ServerResponse, sample: Sample, request: IncomingMessage) => void> = {
  plain: (response, { type, bytes }) => response.writeHead(200, { "content-type": type }).end(bytes),
  untyped: (response, { bytes }) => response.end(bytes),
  generic: (response, { bytes }) => response.writeHead(200, { "content-type": "binary/octet-stream" }).end(bytes),
  gzip: (response, sample) => encoded(response, sample, "gzip", gzipSync(sample.bytes)),
  deflate: (response, sample) => encoded(response, sample, "deflate", deflateSync(sample.bytes)),
  "raw-deflate": (response, sample) => encoded(response, sample, "deflate", deflateRawSync(sample.bytes)),
  br: (response, sample) => encoded(response, sample, "br", brotliCompressSync(sample.bytes)),
  zstd: (response, sample) => encoded(response, sample, "ZSTD", zstdCompressSync(sample.bytes)),
  twice: (response, sample) => encoded(response, sample, "gzip, br", brotliCompressSync(gzipSync(sample.bytes))),
  chunked: (response, { type, bytes }) => {
    response.writeHead(200, { "content-type": type });
    for (const byte of [bytes.subarray(0, 1), bytes.subarray(1, 7), bytes.subarray(7)]) response.write(byte);
    response.end();
  },
  picky: (response, { type, bytes }, { headers }) =>
    headers["user-agent"] === undefined || headers.accept === undefined
      ? response.writeHead(403).end()
      : response.writeHead(200, { "content-type": type }).end(bytes),
  named: (response, { type, bytes }) =>
    response
      .writeHead(200, { "content-type": type, "content-disposition": "attachment; filename*=UTF-8''f%C3%BCr%20dich" })
      .end(bytes),
  hop3: (response, { name }) => response.writeHead(302, { location: `/hop2/${name}` }).end(),
  hop2: (response, { name }) => response.writeHead(307, { location: `../hop1/${name}` }).end("moved"),
  hop1: (response, { name }, request) =>
    response.writeHead(301, { location: `http://${request.headers.host}/plain/${name}` }).end(),
};

function encoded(response: ServerResponse, { type }: Sample, encoding: string, bytes: Buffer): void {
  response.writeHead(200, { "content-type": type, "content-encoding": encoding, "content-length": bytes.length });
  response.end(bytes);
}

const FAULTS: Record<string, (response: ServerResponse) => void> = {
  "sign-in": (response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><html><form>Sign in</form></html>"),
  "lying-page": (response) =>
    response.writeHead(200, { "content-type": "image/png" }).end("<!-- x -->\n<html><body>Sign in</body></html>"),
  text: (response) => response.end("not found"),
  forbidden: (response) => response.writeHead(403).end("x".repeat(3_000_000)),
  empty: (response) => response.writeHead(200, { "content-type": "image/png" }).end(),
  "no-content": (response) => response.writeHead(204).end(),
  partial: (response) => response.writeHead(206, { "content-range": "bytes 0-1/70" }).end(PNG.subarray(0, 2)),
  "not-modified": (response) => response.writeHead(304).end(),
  hop4: (response) => response.writeHead(302, { location: "/hop3/dot.png" }).end(),
  loop: (response) => response.writeHead(302, { location: "/loop" }).end(),
  inward: (response) => response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end(),
  "to-file": (response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
  "to-nothing": (response) => response.writeHead(302, { location: "http://" }).end(),
  "no-location": (response) => response.writeHead(302).end(),
  cut: (response) => {
    response.writeHead(200, { "content-type": "image/png", "transfer-encoding": "chunked" }).write(PNG.subarray(0, 40));
    setImmediate(() => response.destroy());
  },
  "too-long": (response) => {
    response.writeHead(200, { "content-type": "image/png", "content-length": PNG.length + 100 }).write(PNG);
    setImmediate(() => response.destroy());
  },
  endless: (response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on("drain", more);
    more();
  },
  bomb: (response) =>
    encoded(response, SAMPLES[0]!, "gzip", gzipSync(Buffer.concat([PNG, Buffer.alloc(30 * 1_048_576)]))),
  "cut-gzip": (response) => encoded(response, SAMPLES[0]!, "gzip", gzipSync(PNG).subarray(0, 50)),
  "no-gzip": (response) => encoded(response, SAMPLES[0]!, "gzip", PNG),
  unknown: (response) => encoded(response, SAMPLES[0]!, "compress", PNG),
  many: (response) => encoded(response, SAMPLES[0]!, "gzip, gzip, gzip", gzipSync(gzipSync(gzipSync(PNG)))),
};

export interface FileServer {
  readonly origin: string;
  close(): Promise<void>;
}

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const [, behaviour = "", name = ""] = (request.url ?? "").split("?")[0]!.split("/");
  const sample = SAMPLES.find((candidate) => candidate.name === name);
  if (sample !== undefined && behaviour in BEHAVIOURS) BEHAVIOURS[behaviour]!(response, sample, request);
  else (FAULTS[behaviour] ?? ((none) => none.writeHead(404).end()))(response);
};

/** Starts the server; the caller closes it. */
export async function startFileServer(): Promise<FileServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
