/** Models and collections like the real client's: attributes with accessors, and events that bubble to collections. */
import { EventEmitter } from "./events.ts";
import { define } from "./loader.ts";

type Attributes = Record<string, unknown>;

export class Model extends EventEmitter {
  readonly attributes: Attributes = {};
  collections: EventEmitter[] = [];

  /** `attributes` is a record, or a model to copy. */
  constructor(attributes: object = {}) {
    super();
    this.#assign(attributes instanceof Model ? attributes.attributes : attributes);
  }

  /** Sets attributes, from a record or from one name and value, then emits events for those that changed. */
  set(first: object | string, value?: unknown): this {
    const changes = this.#assign(typeof first === "string" ? { [first]: value } : first);
    for (const [key, now, before] of changes) this.emit(`change:${key}`, this, now, before);
    if (changes.length > 0) this.emit("change", this);
    return this;
  }

  get(key: string): unknown {
    return this.attributes[key];
  }

  unset(key: string): this {
    return this.set(key, undefined);
  }

  toJSON(): Attributes {
    return { ...this.attributes };
  }

  /** The real client's name for `toJSON`. */
  serialize(): Attributes {
    return this.toJSON();
  }

  /** Triggers an event on the model and on its collections. */
  emit(name: string, ...args: unknown[]): void {
    this.trigger(name, ...args);
    for (const collection of this.collections) collection.trigger(name, ...args);
  }

  #assign(values: object): [string, unknown, unknown][] {
    const changes: [string, unknown, unknown][] = [];
    for (const [key, value] of Object.entries(values)) {
      if (!(key in this)) this.#defineAccessor(key);
      const before = this.attributes[key];
      if (before === value) continue;
      this.attributes[key] = value;
      changes.push([key, value, before]);
    }
    return changes;
  }

  /**
   * The real models declare their properties; here accessors are defined when a property is first set, one of them
   * under the internal name that wppconnect uses in places.
   */
  #defineAccessor(key: string): void {
    const accessor = {
      configurable: true,
      // wa-js also reads prototypes, which have no attributes.
      get(this: Partial<Model>) {
        return this.attributes?.[key];
      },
      set(this: Model, value: unknown) {
        this.set(key, value);
      },
    };
    for (const name of [key, `__x_${key}`]) Object.defineProperty(Object.getPrototypeOf(this), name, accessor);
  }
}

/** Creates a model class with the attributes `A`; wa-js recognizes the class by `proxyName`. */
export function modelOf<A extends object>(proxyName: string): new (attributes: Partial<A>) => Model & A {
  class Typed extends Model {}
  Object.assign(Typed.prototype, { proxyName });
  return Typed as unknown as new (attributes: Partial<A>) => Model & A;
}

/** The index key of an id, of a model, or of a plain record of attributes. */
function keyOf(value: unknown): string {
  if (value instanceof Model) return String(value.attributes["id"]);
  const isPlainRecord =
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype && "id" in value;
  return String(isPlainRecord ? value.id : value);
}

export class Collection<M extends Model> extends EventEmitter {
  readonly modelClass: new (attributes: never) => M;
  readonly #models = new Map<string, M>();

  constructor(modelClass: new (attributes: never) => M) {
    super();
    if (typeof modelClass !== "function") throw new Error("Collection initialized without model");
    this.modelClass = modelClass;
  }

  get length(): number {
    return this.#models.size;
  }

  /** The models under the internal names that the libraries use in places. */
  get _models(): M[] {
    return this.getModelsArray();
  }
  get _index(): Record<string, M> {
    return Object.fromEntries(this.#models);
  }

  get(id: unknown): M | undefined {
    return id === undefined || id === null ? undefined : this.#models.get(keyOf(id));
  }

  /** Adds the models that are not in the collection yet, and triggers `add` for each unless `silent`. */
  add(models: M | M[], options: { silent?: boolean } = {}): M[] {
    return (Array.isArray(models) ? models : [models]).map((model) => {
      const present = this.get(model);
      if (present !== undefined) return present;
      this.#models.set(keyOf(model), model);
      model.collections.push(this);
      if (options.silent !== true) this.trigger("add", model);
      return model;
    });
  }

  remove(id: unknown): void {
    const model = this.get(id);
    if (model === undefined) return;
    this.#models.delete(keyOf(id));
    model.collections = model.collections.filter((collection) => collection !== this);
    this.trigger("remove", model);
  }

  reset(): void {
    for (const model of this.getModelsArray()) this.remove(model);
  }

  getModelsArray(): M[] {
    return [...this.#models.values()];
  }

  toArray(): M[] {
    return this.getModelsArray();
  }

  at(index: number): M | undefined {
    return this.getModelsArray()[index];
  }

  some(matches: (model: M) => boolean): boolean {
    return this.getModelsArray().some(matches);
  }

  map<T>(transform: (model: M) => T): T[] {
    return this.getModelsArray().map(transform);
  }

  filter(matches: (model: M) => boolean): M[] {
    return this.getModelsArray().filter(matches);
  }

  forEach(visit: (model: M) => void): void {
    this.getModelsArray().forEach(visit);
  }

  findFirst(matches: (model: M) => boolean): M | undefined {
    return this.getModelsArray().find(matches);
  }

  toJSON(): Attributes[] {
    return this.map((model) => model.toJSON());
  }

  serialize(): Attributes[] {
    return this.toJSON();
  }
}

define("WAWebBaseModel", { BaseModel: Model, defineModel: modelOf });
define("WAWebCollection", { default: Collection });
define("WAWebBaseCollection", { BaseCollection: Collection });
