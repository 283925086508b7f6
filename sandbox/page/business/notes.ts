/** A business's own notes about its chats. */
import type { WireNote } from "../../../contracts/sandbox-wire-business.ts";
import { define } from "../loader.ts";
import { Collection, modelOf } from "../model.ts";
import { createWid, type Wid } from "../wid.ts";
import { ask } from "../wire.ts";

interface NoteAttributes {
  id: string;
  chatJid: Wid;
  content: string;
  noteType: "unstructured";
  /** Unix seconds. */
  createdAt: number;
  modifiedAt: number;
}
class NoteModel extends modelOf<NoteAttributes>("note") {}
class NoteCollectionImpl extends Collection<NoteModel> {}
const NoteCollection = new NoteCollectionImpl(NoteModel);

function applyNote({ id, chat, content, createdAt, modifiedAt }: WireNote): NoteModel {
  const note = NoteCollection.get(id) ?? new NoteModel({ id, chatJid: createWid(chat), noteType: "unstructured" });
  note.set({ content, createdAt: Math.floor(createdAt / 1000), modifiedAt: Math.floor(modifiedAt / 1000) });
  return NoteCollection.add(note)[0]!;
}

async function retrieveOnlyNoteForChatJid(jid: string): Promise<NoteModel | null> {
  const note = await ask("note", { chat: createWid(jid).toString() });
  return note === null ? null : applyNote(note);
}

async function addOrEditNoteAction({ chatJid, content }: { chatJid: string; content: string }): Promise<void> {
  applyNote(await ask("setNote", { chat: createWid(chatJid).toString(), content }));
}

define("WAWebNoteCollection", { NoteCollection });
define("WAWebNoteModel", { default: NoteModel });
define("WAWebNoteAction", { addOrEditNoteAction, retrieveOnlyNoteForChatJid });
