/** The module loader that wa-js looks for: Meta's `__d`, `require`, `importNamespace` and `ErrorGuard`, as far as it uses them. */

type Exports = Record<string, unknown>;
interface Registered {
  factory: () => Exports;
}

const modulesMap: Record<string, Registered> = {};
const debug = { modulesMap };

/**
 * Registers a module under the id it has in the real client. wa-js replaces functions on the exports it finds, so code of the
 * page that must be seen by it calls through the object that comes back.
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

/** Puts the loader's globals in place; modules may be defined before and after. */
export function installLoader(): void {
  Object.assign(globalThis, {
    __d: (id: string, _dependencies: unknown, factory: () => Exports) => {
      modulesMap[id] = { factory };
    },
    require: (id: string) => (id === "__debug" ? debug : importNamespace(id)),
    importNamespace,
    ErrorGuard: { skipGuardGlobal: () => undefined },
  });
}
