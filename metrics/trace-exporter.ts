/**
 * Sends traces to a Zipkin collector. Moleculer's exporter cuts ids to 16 characters, which may then be neither
 * hexadecimal, as Zipkin requires, nor unique; and it sends error messages, which may quote a client's input.
 */
import { hash } from "node:crypto";
import { TracerExporters } from "moleculer";

type Span = Parameters<InstanceType<typeof TracerExporters.Zipkin>["makePayload"]>[0];

export class ZipkinExporter extends TracerExporters.Zipkin {
  override convertID(id: string): string {
    return id ? hash("sha256", id).slice(0, 16) : "";
  }

  override makePayload(span: Span): Record<string, unknown> {
    const { parentId, ...payload } = super.makePayload(span) as { parentId: string; tags: Record<string, unknown> };
    const { error, ...tags } = payload.tags;
    const name = span.error instanceof Error ? span.error.name : "Error";
    return {
      ...payload,
      ...(parentId === "" ? {} : { parentId }),
      tags: error === undefined ? tags : { ...tags, error: name },
    };
  }
}
