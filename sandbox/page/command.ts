/** The user interface's command bus: wa-js calls actions on it and listens for `main_loaded` and `logout`. */
import { EventEmitter } from "./events.ts";
import { define } from "./loader.ts";

class CmdImpl extends EventEmitter {
  isMainLoaded = false;

  mainLoaded(): void {
    if (this.isMainLoaded) return;
    this.isMainLoaded = true;
    this.trigger("main_loaded");
  }
}

export const Cmd = new CmdImpl();

/** Adds actions to the bus, under the names that they have in the real client. */
export function addCommands(actions: Record<string, (...args: never[]) => unknown>): void {
  Object.assign(Cmd, actions);
}

define("WAWebCmd", { Cmd, CmdImpl });
