/** What the network forgets, so that its file does not grow for ever: as on WhatsApp, a device that stays away for two weeks is unlinked. */
import type { Network } from "./network.ts";

const HOUR_MS = 3_600_000;
const DEVICE_MS = 14 * 24 * HOUR_MS;
const MESSAGE_MS = 30 * 24 * HOUR_MS;

/** Forgets now, and then every hour until the clock is closed. */
export function startRetention(network: Network): void {
  const { store, clock, devices, hub } = network;
  const dropMessages = store.run("DELETE FROM messages WHERE at < ?");
  const dropMedia = store.run("DELETE FROM media WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.media = media.id)");
  const forget = (): void => {
    store.background(() => {
      for (const device of devices.unseenSince(clock.now() - DEVICE_MS))
        if (hub.device(device) === undefined) devices.unlink(device);
      if (dropMessages(clock.now() - MESSAGE_MS) > 0) dropMedia();
    });
    clock.after(HOUR_MS, forget);
  };
  forget();
}
