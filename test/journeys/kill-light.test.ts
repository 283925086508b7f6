import { describeKill } from "./kill.ts";

describeKill({ driver: "light", messages: 500, killAt: [60, 250, 420] });
