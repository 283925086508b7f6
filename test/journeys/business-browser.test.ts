import { describeBusiness } from "./business.ts";

describeBusiness("browser");
