/**
 * Every way to give media, for every kind: a phone receives byte for byte what was meant, with its type and name, or
 * the request is refused with the reason before it is accepted.
 */
import { SAMPLES, startFileServer, type FileServer, type Sample } from "./file-server.ts";
import { MediaSystem } from "./media-system.ts";

let system: MediaSystem;
let files: FileServer;

beforeAll(async () => {
  files = await startFileServer();
  system = await MediaSystem.start();
});
afterAll(async () => {
  await system.stop();
  await files.close();
});

const base64 = ({ bytes }: Sample) => bytes.toString("base64");
const byUrl = (behaviour: string) => (sample: Sample) => ({ url: `${files.origin}/${behaviour}/${sample.name}` });

interface Source {
  readonly media: (sample: Sample) => object | Promise<object>;
  /** The file name that a document gets, where it is not the sample's. */
  readonly filename?: string;
}

const SOURCES: Record<string, Source> = {
  "base64 with a name": { media: (sample) => ({ base64: base64(sample), filename: sample.name }) },
  "base64 in lines": {
    media: (sample) => ({ base64: base64(sample).replace(/.{76}/g, "$&\r\n"), filename: sample.name }),
  },
  "URL-safe base64": { media: ({ bytes, name }) => ({ base64: bytes.toString("base64url"), filename: name }) },
  "a data: URL": {
    media: (sample) => ({ base64: `data:${sample.type};base64,${base64(sample)}` }),
    filename: "document.csv",
  },
  "an upload": { media: async (sample) => ({ uploadId: await system.upload(sample) }) },
  "a URL": { media: byUrl("plain") },
  "a URL without a type": { media: byUrl("untyped") },
  "a URL with a type that says nothing": { media: byUrl("generic") },
  "a URL with gzip": { media: byUrl("gzip") },
  "a URL with deflate": { media: byUrl("deflate") },
  "a URL with deflate without zlib's header": { media: byUrl("raw-deflate") },
  "a URL with brotli": { media: byUrl("br") },
  "a URL with zstd": { media: byUrl("zstd") },
  "a URL with two encodings": { media: byUrl("twice") },
  "a URL in chunks": { media: byUrl("chunked") },
  "a URL of a host that wants a User-Agent": { media: byUrl("picky") },
  "a URL with a name in Content-Disposition": { media: byUrl("named"), filename: "für dich" },
  "a URL that redirects three times": { media: byUrl("hop3") },
};

describe.each(Object.entries(SOURCES))("%s", (_name, { media, filename }) => {
  test.each(SAMPLES)("is delivered byte for byte as $kind", async (sample) => {
    const item = await system.send(sample.kind, await media(sample));
    expect(item.type).toBe(sample.kind);
    expect(item.media?.base64).toBe(base64(sample));
    expect(item.media?.mimetype).toBe(sample.type);
    if (sample.kind === "document") expect(item.media?.filename).toBe(filename ?? sample.name);
    if (sample.kind === "voice") expect([item.seconds, item.waveform?.length]).toEqual([1, 64]);
  });
});

test.each([
  ["sign-in", "media_invalid", "these bytes are a web page (text/html), not image/png"],
  ["text", "media_invalid", "these bytes are not image/png"],
  ["lying-page", "media_invalid", "these bytes are a web page (text/html), not image/png"],
  ["forbidden", "media_unreachable", "the server answered 403 Forbidden where 200 is expected"],
  ["missing", "media_unreachable", "the server answered 404 Not Found where 200 is expected"],
  ["empty", "media_invalid", "the server's answer is empty"],
  ["no-content", "media_unreachable", "the server answered 204 No Content where 200 is expected"],
  ["partial", "media_unreachable", "the server answered 206 Partial Content where 200 is expected"],
  ["not-modified", "media_unreachable", "the server answered 304 Not Modified where 200 is expected"],
  ["hop4", "media_unreachable", "the server redirects more than 3 times (301 Moved Permanently)"],
  ["loop", "media_unreachable", "the server redirects more than 3 times (302 Found)"],
  [
    "inward",
    "url_blocked",
    "it redirects to a URL that is refused: the address is not on the public internet; an operator can allow it with WPP_ALLOW_PRIVATE_URLS",
  ],
  ["to-file", "url_blocked", "it redirects to a URL that is refused: only https: and http: URLs are accepted"],
  ["to-nothing", "media_unreachable", "it redirects to what is not a URL"],
  ["no-location", "media_unreachable", "the server answered 302 Found where 200 is expected"],
  ["cut", "media_unreachable", "the connection was closed before the answer was complete"],
  ["too-long", "media_unreachable", "the connection was closed before the answer was complete"],
  ["endless", "media_too_large", "it has more than 2 MB; set WPP_MAX_MEDIA_MB to allow more"],
  ["bomb", "media_too_large", "it has more than 2 MB; set WPP_MAX_MEDIA_MB to allow more"],
  ["cut-gzip", "media_unreachable", "the compressed answer is damaged or not complete"],
  ["no-gzip", "media_unreachable", "the compressed answer is damaged or not complete"],
  ["unknown", "media_unreachable", expect.stringContaining('the Content-Encoding "compress"')],
  ["many", "media_unreachable", expect.stringContaining('the Content-Encoding "gzip, gzip, gzip"')],
])("a server's fault is refused with the reason: %s", async (path, code, detail) => {
  const problem = await system.refusal("image", { url: `${files.origin}/${path}`, mimetype: "image/png" });
  expect(problem).toMatchObject({ code, errors: [{ pointer: "/media/url", detail }] });
});
