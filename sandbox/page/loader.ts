/** The parts of Meta's module loader that wa-js uses: `__d`, `require`, `importNamespace` and `ErrorGuard`. */

type Exports = Record<string, unknown>;
interface Registered {
  factory: () => Exports;
}

const modulesMap: Record<string, Registered> = {};
const debug = { modulesMap };

/**
 * Registers a module under the id that it has in the real client, and returns its exports. wa-js replaces functions in
 * this object, so the page must call them through it where wa-js has to notice the call.
 */
export function define<E extends object>(id: string, exports: E): E {
  modulesMap[id] = { factory: () => exports as Exports };
  return exports;
}

function importNamespace(id: string): Exports {
  const found = modulesMap[id];
  if (found === undefined) throw new Error(`Requiring unknown module "${id}"`);
  return found.factory();
}

/** Modules that are loaded when a component that needs them is: its name, and how they register. */
const components = new Map<string, () => Promise<unknown>>();

/** Registers a component of the user interface, whose modules are only loaded on demand. */
export function defineComponent(name: string, load: () => Promise<unknown>): void {
  components.set(name, load);
}

define("Bootloader", {
  loadModules: (names: string[], callback: () => void): void => {
    Promise.all(names.map((name) => components.get(name)?.())).then(callback, (error: unknown) => console.error(error));
  },
  __debug: { componentMap: components },
});

/** Defines the loader's globals; modules may be registered before and after. */
export function installLoader(): void {
  Object.assign(globalThis, {
    __d: (id: string, _dependencies: unknown, factory: () => Exports) => {
      modulesMap[id] = { factory };
    },
    // As in Meta's loader, a module's default export stands for it here, and its exports for the namespace.
    require: (id: string) => (id === "__debug" ? debug : (importNamespace(id)["default"] ?? importNamespace(id))),
    importNamespace,
    ErrorGuard: { skipGuardGlobal: () => undefined },
  });
}

/** The component whose bundle has the modules for forwarding. */
defineComponent("WAWebMediaForwardMediaMsg", () => import("./forwarding.ts"));
