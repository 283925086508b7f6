/** Small pictures of received ones. The real client gets them with the message; here they are made of its bytes. */
import { base64Of } from "./media.ts";

/** The longer side, in pixels. */
const SIZE = 72;

/** A JPEG as Base64; undefined for bytes that are no picture. */
export async function thumbnailOf(bytes: ArrayBuffer): Promise<string | undefined> {
  const picture = await createImageBitmap(new Blob([bytes])).catch(() => undefined);
  if (picture === undefined) return undefined;
  const scale = Math.min(1, SIZE / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(width!, height!);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, width!, height!);
  picture.close();
  return base64Of(await canvas.convertToBlob({ type: "image/jpeg", quality: 0.5 }));
}
