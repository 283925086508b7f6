/** Each message kind: its content survives the way into the columns of a row and back. */
import {
  acceptsMediaType,
  fromStoredContent,
  MESSAGE_KINDS,
  normalizeRequest,
  SendMessage,
  toStoredContent,
  type Content,
  type MessageKind,
} from "../../contracts/message-kinds.ts";
import { crossedThreshold } from "../../contracts/plans.ts";

const MEDIA = { mimetype: "image/png", filename: "a.png", size: 3, path: "/data/a" };
const TARGET = "true_15550100001@c.us_3EB0";
const media = { media: MEDIA, caption: "c", viewOnce: true };
const inJson = { media: { mimetype: "image/png", filename: "a.png", size: 3 }, viewOnce: true };

type Sample = readonly [Content<typeof MEDIA>, { text: string | null; content: object }];
const SAMPLES: { readonly [K in MessageKind]: Sample } = {
  text: [
    { type: "text", text: "t", linkPreview: false },
    { text: "t", content: { linkPreview: false } },
  ],
  image: [
    { type: "image", ...media },
    { text: "c", content: inJson },
  ],
  video: [
    { type: "video", ...media },
    { text: "c", content: inJson },
  ],
  gif: [
    { type: "gif", media: MEDIA, caption: "c" },
    { text: "c", content: { media: inJson.media } },
  ],
  audio: [
    { type: "audio", media: MEDIA },
    { text: null, content: { media: inJson.media } },
  ],
  voice: [
    { type: "voice", media: MEDIA, viewOnce: true, seconds: 2, waveform: [0, 100] },
    { text: null, content: { ...inJson, seconds: 2, waveform: [0, 100] } },
  ],
  document: [
    { type: "document", media: MEDIA },
    { text: null, content: { media: inJson.media } },
  ],
  sticker: [
    { type: "sticker", media: MEDIA },
    { text: null, content: { media: inJson.media } },
  ],
  location: [
    { type: "location", latitude: 1, longitude: 2, name: "n" },
    { text: null, content: { latitude: 1, longitude: 2, name: "n" } },
  ],
  contact: [
    { type: "contact", contacts: [{ name: "n", phone: "+15550100001" }] },
    { text: null, content: { contacts: [{ name: "n", phone: "+15550100001" }] } },
  ],
  poll: [
    { type: "poll", question: "q", options: ["a", "b"], selectableCount: 1 },
    { text: null, content: { question: "q", options: ["a", "b"], selectableCount: 1 } },
  ],
  list: [
    { type: "list", text: "t", buttonText: "b", sections: [{ title: "s", rows: [{ id: "1", title: "r" }] }] },
    { text: "t", content: { buttonText: "b", sections: [{ title: "s", rows: [{ id: "1", title: "r" }] }] } },
  ],
  buttons: [
    { type: "buttons", text: "t", footer: "f", buttons: [{ text: "b", id: "1" }] },
    { text: "t", content: { footer: "f", buttons: [{ text: "b", id: "1" }] } },
  ],
  event: [
    { type: "event", name: "n", startsAt: "2030-03-17T18:00:00Z", call: "video" },
    { text: null, content: { name: "n", startsAt: "2030-03-17T18:00:00Z", call: "video" } },
  ],
  pix: [
    { type: "pix", keyType: "EVP", name: "n", key: "k" },
    { text: null, content: { keyType: "EVP", name: "n", key: "k" } },
  ],
  order: [
    { type: "order", text: "t", items: [{ name: "n", quantity: 1, price: 2.5 }], total: 2.5 },
    { text: "t", content: { items: [{ name: "n", quantity: 1, price: 2.5 }], total: 2.5 } },
  ],
  reaction: [
    { type: "reaction", target: TARGET, emoji: "👍" },
    { text: null, content: { emoji: "👍" } },
  ],
  forward: [
    { type: "forward", target: TARGET },
    { text: null, content: {} },
  ],
  edit: [
    { type: "edit", target: TARGET, text: "t" },
    { text: "t", content: {} },
  ],
  revoke: [
    { type: "revoke", target: TARGET },
    { text: null, content: {} },
  ],
  unknown: [
    { type: "unknown", kind: "product" },
    { text: null, content: { kind: "product" } },
  ],
};

test.each(MESSAGE_KINDS)("%s: content read from the columns equals the stored content", (kind) => {
  const [content, columns] = SAMPLES[kind];
  const stored = toStoredContent(content, "media" in content ? MEDIA : null);
  expect({ ...stored, content: JSON.parse(stored.content) as object }).toEqual({ type: kind, ...columns });
  expect(fromStoredContent({ ...stored, target_key: TARGET }, MEDIA)).toEqual(content);
});

test("the columns hold the fields of the kind, and none of those that every request has", () => {
  const body = SendMessage.parse({
    type: "contact",
    to: "15550100001",
    contacts: [{ name: "n", phone: "0171 234567" }],
  });
  const stored = toStoredContent(normalizeRequest(body, "DE"), null);
  expect(JSON.parse(stored.content)).toEqual({ contacts: [{ name: "n", phone: "+49171234567" }] });
});

test("problems that no schema can express are reported at their fields", () => {
  const poll = { type: "poll", to: "15550100001", question: "q", options: ["a", "b"], selectableCount: 3 };
  const row = { id: "1", title: "r" };
  const list = {
    type: "list",
    to: "15550100001",
    text: "t",
    buttonText: "b",
    sections: [
      { title: "a", rows: Array.from({ length: 6 }, () => row) },
      { title: "b", rows: Array.from({ length: 5 }, () => row) },
    ],
  };
  const buttons = {
    type: "buttons",
    to: "15550100001",
    text: "t",
    buttons: [
      { text: "a", id: "1" },
      { text: "b", url: "https://example.com" },
    ],
  };
  const event = { type: "event", to: "15550100001", name: "n", startsAt: "2030-01-01T02:00:00Z" };
  const contact = { type: "contact", to: "15550100001", contacts: [{ name: "n", phone: "123456-789@g.us" }] };
  const normalize = (body: object) => () => normalizeRequest(SendMessage.parse(body), null);
  for (const body of [poll, list, buttons, { ...event, endsAt: "2030-01-01T03:00:00+02:00" }])
    expect(normalize(body)).toThrow(expect.objectContaining({ type: "validation" }));
  expect(normalize(contact)).toThrow(expect.objectContaining({ type: "invalid_phone" }));
});

test.each([
  ["image", "image/png", true],
  ["image", "video/mp4", false],
  ["image", "image/gif", false],
  ["image", "image/heic", false],
  ["video", "video/quicktime", false],
  ["gif", "video/mp4", true],
  ["gif", "image/gif", false],
  ["sticker", "image/webp", true],
  ["sticker", "image/png", false],
  ["voice", "audio/ogg; codecs=opus", true],
  ["voice", "audio/mpeg", false],
  ["audio", "audio/mpeg", true],
  ["audio", "audio/x-ms-wma", false],
  ["audio", "image/png", false],
  ["document", "application/zip", true],
] as const)("%s accepts %s: %j", (kind, mimetype, accepted) => {
  expect(acceptsMediaType(kind, mimetype)).toBe(accepted);
});

test.each([
  [0, 79, 100, null],
  [79, 80, 100, 80],
  [80, 99, 100, null],
  [99, 100, 100, 100],
  [100, 100, 100, null],
  [0, 100, 100, 100],
  [90, 85, 100, null],
  [0, 2, 3, null],
  [2, 3, 3, 100],
  [0, 1, 1, 100],
  [0, 0, 0, null],
  [0, 1_000, null, null],
])("from %d to %d of %j crosses %j", (before, after, limit, crossed) => {
  expect(crossedThreshold(before, after, limit)).toBe(crossed);
});
