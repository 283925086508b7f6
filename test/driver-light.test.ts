import { createLightDriver } from "../drivers/light/light-driver.ts";
import { runDriverConformance } from "./conformance/driver-conformance.ts";

runDriverConformance({
  name: "light",
  createDriver: createLightDriver,
  chromium: null,
  gaps: { "reports a crash, and comes back without a QR code": "no process of its own that could die" },
});
