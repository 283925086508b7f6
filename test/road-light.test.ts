import { describeRoad } from "./journeys/road.ts";

describeRoad("light");
