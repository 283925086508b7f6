import { describeAccount } from "./journeys/account.ts";

describeAccount("browser");
