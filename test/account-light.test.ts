import { describeAccount } from "./journeys/account.ts";

describeAccount("light");
