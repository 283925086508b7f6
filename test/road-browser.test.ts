import { describeRoad } from "./journeys/road.ts";

describeRoad("browser");
