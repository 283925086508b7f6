import { describeBusiness } from "./business.ts";

describeBusiness("light");
