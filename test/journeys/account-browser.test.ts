import { describeAccount } from "./account.ts";

describeAccount("browser");
