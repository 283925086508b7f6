/** The command bus of the user interface: wa-js calls some actions on it and listens for `main_loaded` and `logout`. */
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

/** Puts actions on the bus under the names that the real one has. */
export function addCommands(actions: Record<string, (...args: never[]) => unknown>): void {
  Object.assign(Cmd, actions);
}

define("WAWebCmd", { Cmd, CmdImpl });
