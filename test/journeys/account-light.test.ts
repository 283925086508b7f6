import { describeAccount } from "./account.ts";

describeAccount("light");
