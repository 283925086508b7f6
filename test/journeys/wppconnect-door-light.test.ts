import { describeDoor } from "./wppconnect-door.ts";

describeDoor("light");
