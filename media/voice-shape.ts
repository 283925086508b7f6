/** Measures a voice message from its samples: the length and the waveform that WhatsApp shows. */
import type { VoiceShape } from "../contracts/media.ts";

/** Samples of the waveform. */
const POINTS = 64;

export class VoiceMeter {
  readonly #rate: number;
  readonly #block: number;
  /** The mean loudness of each block; a block is a millisecond, so that hours of sound take little memory. */
  readonly #blocks: number[] = [];
  #sum = 0;
  #count = 0;
  #total = 0;
  /** The first byte of a sample whose second byte is in the next chunk. */
  #half: number | null = null;

  /** @param rate samples per second. */
  constructor(rate: number) {
    this.#rate = rate;
    this.#block = rate / 1_000;
  }

  /** Adds 16-bit samples, little-endian. */
  add(chunk: Buffer): void {
    const bytes = this.#half === null ? chunk : Buffer.concat([Buffer.of(this.#half), chunk]);
    const end = bytes.length - (bytes.length % 2);
    for (let at = 0; at < end; at += 2) this.#addSample(Math.abs(bytes.readInt16LE(at)));
    this.#half = end < bytes.length ? bytes[end]! : null;
  }

  #addSample(loudness: number): void {
    this.#total += 1;
    this.#sum += loudness;
    this.#count += 1;
    if (this.#count < this.#block) return;
    this.#blocks.push(this.#sum / this.#count);
    this.#sum = 0;
    this.#count = 0;
  }

  /** Whole seconds, rounded down as WhatsApp Web does; and the loudest point is 100, unless all is silent. */
  shape(): VoiceShape {
    const points = Array.from({ length: POINTS }, (_, index) => this.#meanOf(index));
    const loudest = Math.max(...points);
    const waveform = points.map((point) => (loudest === 0 ? 0 : Math.floor((point / loudest) * 100)));
    return { seconds: Math.floor(this.#total / this.#rate), waveform };
  }

  #meanOf(index: number): number {
    const from = Math.floor((index * this.#blocks.length) / POINTS);
    const part = this.#blocks.slice(from, Math.max(from + 1, Math.floor(((index + 1) * this.#blocks.length) / POINTS)));
    return part.length === 0 ? 0 : part.reduce((sum, value) => sum + value, 0) / part.length;
  }
}
