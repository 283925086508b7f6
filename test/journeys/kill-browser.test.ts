import { describeKill } from "./kill.ts";

describeKill({ driver: "browser", messages: 60, killAt: [10, 35] });
