import { describeRoad } from "./message-flow.ts";

describeRoad("light");
