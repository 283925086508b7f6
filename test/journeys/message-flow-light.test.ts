import { describeMessageFlow } from "./message-flow.ts";

describeMessageFlow("light");
