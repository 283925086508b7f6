/** Labels of a business, and lists of chats of any account: the real client has one collection for both. */
import type { LiveEvent } from "../../../contracts/sandbox-wire.ts";
import type { WireLabel } from "../../../contracts/sandbox-wire-people.ts";
import { ChatCollection, type ChatModel } from "../chats.ts";
import { Conn } from "../connection-models.ts";
import { define } from "../loader.ts";
import { Collection, modelOf } from "../model.ts";
import { ask } from "../wire.ts";

const COLORS = [
  ...["#ff9485", "#64c4ff", "#ffd429", "#dfaef0", "#99b6c1"],
  ...["#55ccb3", "#ff9dff", "#d3a91d", "#6d7cce", "#d7e752"],
  ...["#00d0e2", "#ffc5c7", "#93ceac", "#f74848", "#00a0f2"],
  ...["#83e422", "#ffaf04", "#b5ebff", "#9ba6ff", "#9368cf"],
];
/** The type of labels and lists that users make. */
const CUSTOM = 5;

interface LabelItemAttributes {
  id: string;
  parentType: "Chat";
  parentId: string;
}
class LabelItemModel extends modelOf<LabelItemAttributes>("labelItem") {}
class LabelItemCollection extends Collection<LabelItemModel> {}

interface LabelAttributes {
  id: string;
  name: string;
  colorIndex: number;
  type: number;
  predefinedId: number;
  hexColor: string;
}
class LabelModel extends modelOf<LabelAttributes>("label") {
  readonly labelItemCollection = new LabelItemCollection(LabelItemModel);
}

interface LabelChange {
  id: string;
  type: "add" | "remove";
}

class LabelCollectionImpl extends Collection<LabelModel> {
  /** The index of the first color that no label has. */
  getNextAvailableColor(): Promise<number> {
    const used = new Set(this.map(({ colorIndex }) => colorIndex));
    // wa-js takes 0 for a failure.
    const free = COLORS.findIndex((_, index) => index > 0 && !used.has(index));
    return Promise.resolve(Math.max(1, free));
  }

  async addOrRemoveLabels(changes: LabelChange[], chats: ChatModel[]): Promise<void> {
    for (const { id, type } of changes)
      applyLabel(await ask("labelChats", { id, chats: chats.map((chat) => chat.id.toString()), add: type === "add" }));
  }
}
export const LabelCollection = new LabelCollectionImpl(LabelModel);

function applyLabel({ id, name, color, chats }: WireLabel): void {
  const label = LabelCollection.get(id) ?? new LabelModel({ id, type: CUSTOM, predefinedId: 0 });
  label.set({ name, colorIndex: color, hexColor: colorIndexToHex(color) });
  LabelCollection.add(label);
  showItems(label, chats);
}

/** Shows on which chats the label is, in the label and in the chats. */
function showItems({ id, labelItemCollection: items }: LabelModel, chats: readonly string[]): void {
  for (const item of items.getModelsArray()) if (!chats.includes(item.parentId)) items.remove(item.id);
  for (const chat of chats)
    items.add(new LabelItemModel({ id: `${id}_Chat_${chat}`, parentType: "Chat", parentId: chat }));
  for (const chat of ChatCollection.getModelsArray()) {
    const has = chat.labels.includes(id);
    const should = chats.includes(chat.id.toString());
    if (should && !has) chat.set({ labels: [...chat.labels, id] });
    else if (has && !should) chat.set({ labels: chat.labels.filter((label) => label !== id) });
  }
}

/** Loads the labels after the link. */
export async function loadLabels(): Promise<void> {
  const labels = await ask("labels", {});
  const known = new Set(labels.map(({ id }) => id));
  for (const { id } of LabelCollection.getModelsArray()) if (!known.has(id)) LabelCollection.remove(id);
  for (const label of labels) applyLabel(label);
}

/** wa-js wraps these two functions, in the module's object, to see labels of chats change. */
const items = define("WAWebLabelCollectionUtils", {
  addToLabelCollection: (_chat: string, _labels: string[]): void => undefined,
  removeLabelFromCollection: (_chat: string, _labels: string[]): void => undefined,
  createLabelItemId: (label: string, kind: string, id: string) => `${label}_${kind}_${id}`,
  getParentCollection: () => ChatCollection,
  initializeLabels: () => undefined,
});

/** Applies a change of a label by this device, another one or the phone. */
export function receiveLabel({ change, label, added, removed }: Extract<LiveEvent, { type: "label" }>): void {
  if (change === "set") applyLabel(label);
  for (const chat of added) items.addToLabelCollection(chat, [label.id]);
  if (change === "set") for (const chat of removed) items.removeLabelFromCollection(chat, [label.id]);
  if (change === "deleted") removeLabel(label.id);
}

function removeLabel(id: string): void {
  const label = LabelCollection.get(id);
  if (label !== undefined) showItems(label, []);
  LabelCollection.remove(id);
}

function colorIndexToHex(index: number): string {
  return COLORS[index] ?? COLORS[0]!;
}

interface DeletedLabel {
  labelId: string;
}

define("WAWebLabelCollection", { LabelCollection });
define("WAWebLabelModel", { default: LabelModel });
define("WAWebLabelItemModel", { default: LabelItemModel });
define("WAWebLabelItemCollection", { LabelItemCollection });
define("WAWebLabelColors", { colorIndexToHex, getAllLabelColors: () => COLORS });
define("WAWebGetNextLabelId", {
  getNextLabelId: () => Promise.resolve(Math.max(0, ...LabelCollection.map(({ id }) => Number(id))) + 1),
});
define("WAWebBizLabelEditingAction", {
  labelAddAction: async (name: string, color: number): Promise<string> => {
    const label = await ask("setLabel", { name, color, kind: Conn.isSMB ? "label" : "list" });
    applyLabel(label);
    return label.id;
  },
  labelEditAction: async (id: string, name: string, _predefined: number, color: number): Promise<void> =>
    applyLabel(await ask("setLabel", { id, name, color })),
  labelDeleteAction: async ({ labelId }: DeletedLabel): Promise<void> => {
    await ask("deleteLabel", { id: labelId });
    removeLabel(labelId);
  },
});
