/**
 * Deletes old messages and media, so that the file does not grow without bound. As on WhatsApp, a device that stays
 * offline for two weeks is unlinked.
 */
import type { Network } from "./network.ts";

const HOUR_MS = 3_600_000;
const DEVICE_OFFLINE_LIMIT_MS = 14 * 24 * HOUR_MS;
const MESSAGE_AGE_LIMIT_MS = 30 * 24 * HOUR_MS;

/** Runs now, and then every hour until the clock is closed. */
export function startRetention(network: Network): void {
  const { store, clock, devices, hub } = network;
  const deleteMessages = store.run("DELETE FROM messages WHERE at < ?");
  const deleteUnusedMedia = store.run(
    "DELETE FROM media WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.media = media.id)",
  );
  const deleteOld = (): void => {
    store.background(() => {
      for (const device of devices.notSeenSince(clock.now() - DEVICE_OFFLINE_LIMIT_MS))
        if (hub.device(device) === undefined) devices.unlink(device);
      if (deleteMessages(clock.now() - MESSAGE_AGE_LIMIT_MS) > 0) deleteUnusedMedia();
    });
    clock.after(HOUR_MS, deleteOld);
  };
  deleteOld();
}
