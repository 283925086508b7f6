/** `WPP.util`, pure functions of the library, and `WPP.indexdb`. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { BLOB, DATA, yes } from "../shapes.ts";

interface Canvas {
  width: number;
  height: number;
  getContext(kind: "2d"): { fillStyle: string; fillRect(x: number, y: number, width: number, height: number): void };
  toDataURL(): string;
}

/** What the probes use of the page. */
interface InPage {
  document: { createElement(name: "canvas"): Canvas };
  WPP: {
    util: {
      fetchDataFromPNG(url: string): unknown;
      getVideoInfoFromBuffer(bytes: ArrayBuffer): unknown;
      wrapFunction(inner: () => number, wrapper: (inner: () => number) => number): () => number;
    };
  };
}

const bytes = z.object({ bytes: z.int().min(1) });

export const util: Probes = {
  blobToArrayBuffer: { args: () => [BLOB], result: bytes },
  blobToBase64: { args: () => [BLOB], result: z.literal(DATA.png) },
  convertToFile: { args: () => [DATA.png], result: z.object({ bytes: z.int(), type: z.literal("image/png") }) },
  createWid: { args: ({ peer }) => [peer.chatId], result: z.string().endsWith("@c.us") },
  downloadImage: { args: () => [DATA.png], result: z.object({ data: z.string(), height: z.literal(1) }) },
  fetchDataFromPNG: {
    inPage: () => {
      const { WPP, document } = globalThis as unknown as InPage;
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 2;
      const context = canvas.getContext("2d");
      // Three bytes for each pixel: the length, in eight bytes, and then the data.
      const data = [0, 0, 0, 0, 0, 0, 0, 3, 97, 98, 99, 0];
      for (let pixel = 0; pixel < 4; pixel++) {
        context.fillStyle = `rgb(${data.slice(pixel * 3, pixel * 3 + 3).join(",")})`;
        context.fillRect(pixel % 2, Math.floor(pixel / 2), 1, 1);
      }
      return WPP.util.fetchDataFromPNG(canvas.toDataURL());
    },
    result: z.object({ bytes: z.literal(3) }),
  },
  generateOrderUniqueId: { result: z.string().regex(/^[A-Z0-9]+$/) },
  getVideoInfoFromBuffer: {
    args: () => [DATA.video],
    inPage: async (video: string) => {
      const { WPP } = globalThis as unknown as InPage;
      return WPP.util.getVideoInfoFromBuffer(await (await fetch(video)).arrayBuffer());
    },
    result: z.object({ duration: z.number(), width: z.int(), height: z.int() }),
  },
  isBase64: { args: () => ["c2FuZGJveA=="], result: yes },
  isUrl: { args: () => ["https://example.com"], result: yes },
  resizeImage: { args: () => [BLOB, { width: 8, height: 8 }], result: bytes },
  toArrayBuffer: { args: () => [[1, 2, 3]], result: bytes },
  stripUsernamePrefix: { args: () => ["@some.one"], result: z.literal("some.one") },
  validateUsername: { args: () => ["some.one"], result: z.object({ isValid: yes }) },
  isUsernameKey: { args: () => ["1234"], result: yes },
  wrapFunction: {
    inPage: () => {
      const { WPP } = globalThis as unknown as InPage;
      const wrapped = WPP.util.wrapFunction(
        () => 1,
        (inner) => inner() + 1,
      );
      return wrapped();
    },
    result: z.literal(2),
  },
};

export const indexdb: Probes = {
  getMessagesFromRowId: {
    args: () => [{ minRowId: 0, limit: 5 }],
    result: z.array(z.object({ rowId: z.int().min(1), id: z.string() })).min(1),
  },
};
