// The editor of a report's texts: bold, italic, lists, quotes, live figures; saved while typing, two people see each other's text. Page contract: docs/islands.md, "text-editor".
import { baseKeymap, chainCommands, exitCode, lift, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { type Fragment, Node, type NodeType } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { type Command, EditorState, Plugin, Selection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { csrfToken, stateLine } from "./autosave.ts";
import { Saving, type Stored, type Writer } from "./text_saving.ts";
import { fromElement, fromHtml, schema, toMarkdown } from "./text_schema.ts";
import { InsertPanel, type Piece, ToolBar } from "./text_tools.ts";
import { tr, whenReady } from "./texts.ts";

const newsEveryMs = 15_000;
const { strong, em } = schema.marks;
const { bullet_list, ordered_list, list_item, hard_break, blockquote, figure } = schema.nodes;

function isIn(state: EditorState, type: NodeType): boolean {
  for (let depth = state.selection.$from.depth; depth > 0; depth--) if (state.selection.$from.node(depth).type === type) return true;
  return false;
}
const toggleList = (type: NodeType): Command => (state, dispatch, view) => (isIn(state, type) ? liftListItem(list_item!) : wrapInList(type))(state, dispatch, view);
const breakLine: Command = (state, dispatch) => {
  const fits = state.selection.$from.parent.contentMatchAt(state.selection.$from.index()).matchType(hard_break!);
  if (fits && dispatch) dispatch(state.tr.replaceSelectionWith(hard_break!.create()).scrollIntoView());
  return fits !== null;
};
// A new line inside a cell would be a new cell.
const stayInCell: Command = (state) => ["table_cell", "table_head"].includes(state.selection.$from.parent.type.name);

// "- " and "1. " at the beginning of a paragraph begin a list, as in Word.
const listsAsTyped = new Plugin({
  props: {
    handleTextInput(view, from, to, text) {
      const { $from } = view.state.selection;
      if (text !== " " || from !== to || $from.parent.type.name !== "paragraph" || $from.depth !== 1) return false;
      const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "x");
      const numbered = /^(\d{1,3})[.)]$/.exec(before);
      const type = /^[-+*]$/.test(before) ? bullet_list! : numbered ? ordered_list! : null;
      if (type === null) return false;
      view.dispatch(view.state.tr.delete($from.start(), from));
      return wrapInList(type, numbered ? { order: Number(numbered[1]) } : null)(view.state, view.dispatch);
    },
  },
});

class TextEditor implements Writer {
  readonly code: string;
  private readonly view: EditorView;
  private readonly saving: Saving;
  private readonly tools: ToolBar;
  private readonly panel: InsertPanel;
  private readonly two: HTMLElement;
  readonly said: Writer["said"];
  private locked = false;
  private written: { doc: Node; text: string } | null = null;

  constructor(private readonly host: HTMLFormElement, figuresUrl: string) {
    const field = host.querySelector<HTMLTextAreaElement>("textarea")!, place = host.querySelector<HTMLElement>("[data-editor]")!;
    this.code = host.dataset["code"]!;
    this.two = host.querySelector<HTMLElement>("[data-two]")!;
    this.said = stateLine(host.querySelector<HTMLElement>("[data-save-state]"));
    const stored = fromElement(place), version = Number(host.querySelector<HTMLInputElement>('input[name="version"]')!.value);
    this.panel = new InsertPanel(figuresUrl, `chen-${this.code}`, (pieces) => this.insert(pieces), () => this.view.focus());
    place.replaceChildren();
    place.hidden = false;
    this.view = new EditorView(place, {
      state: this.stateOf(stored),
      attributes: { class: "text-field form-control", role: "textbox", "aria-multiline": "true", "aria-label": host.dataset["label"] ?? "", ...(host.dataset["help"] ? { "aria-describedby": host.dataset["help"] } : {}) },
      editable: () => !this.locked,
      dispatchTransaction: (change) => {
        this.view.updateState(this.view.state.apply(change));
        this.tools.refresh();
        if (change.docChanged && change.getMeta("taken") !== true) this.saving.changed();
      },
    });
    this.saving = new Saving(host.dataset["saveUrl"]!, host.dataset["storeKey"]!, version, this.text(), this);
    this.tools = this.toolBar();
    place.before(this.tools.element, this.panel.element);
    for (const plain of host.querySelectorAll<HTMLElement>("[data-without-script]")) plain.hidden = true;
    field.disabled = true;
    host.addEventListener("submit", (event) => { event.preventDefault(); void this.saving.send(); });
    this.bringBack();
  }

  text(): string {
    const { doc } = this.view.state;
    if (this.written?.doc !== doc) this.written = { doc, text: toMarkdown(doc) };
    return this.written.text;
  }
  whole(): unknown { return this.view.state.doc.toJSON(); }
  get version(): number { return this.saving.version; }
  get clean(): boolean { return !this.saving.unsaved && !this.saving.waitsForPerson; }

  saved(stored: Stored): void {
    this.said("good", stored.saved);
    this.shownAs(stored);
  }

  stale(stored: Stored): void {
    this.said("bad", tr("Chưa lưu: có người vừa ghi phần này."));
    const words = document.createElement("p"), theirs = document.createElement("div"), actions = document.createElement("div");
    words.append(Object.assign(document.createElement("b"), { textContent: stored.message ?? "" }));
    theirs.className = "said-text boxed";
    theirs.innerHTML = stored.html; // made by the server, escaped there
    actions.className = "actions";
    const button = (label: string, kind: string, run: () => void): void => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = `btn ${kind}`;
      made.textContent = label;
      made.addEventListener("click", () => { this.two.hidden = true; this.two.replaceChildren(); run(); this.view.focus(); });
      actions.append(made);
    };
    button(tr("Ghi bài của tôi thay bài đã ghi"), "btn-primary", () => this.saving.resume(stored.version));
    button(tr("Ghi cả hai, bài của tôi ở dưới"), "btn-plain", () => { this.show(fromHtml(stored.editor).content.append(this.view.state.doc.content)); this.saving.resume(stored.version); });
    button(tr("Giữ bài đã ghi"), "btn-plain", () => void this.giveUp(stored));
    this.two.className = "notice bad two-texts";
    this.two.setAttribute("role", "alert");
    const inner = document.createElement("div"), small = document.createElement("p");
    small.className = "soft small";
    small.textContent = tr("Bài của ông/bà vẫn ở trên, chưa mất. Bài không dùng nằm trong “Các bản đã ghi”.");
    inner.append(words, theirs, actions, small);
    this.two.replaceChildren(inner);
    this.two.hidden = false;
  }

  // Somebody else's text, while nothing of one's own waits.
  takeOver(stored: Stored): void {
    if (!this.clean) return;
    this.show(fromHtml(stored.editor).content);
    this.saving.takenOver(stored.version);
    this.said("good", stored.saved);
    this.shownAs(stored);
  }
  lock(sentence: string): void {
    if (this.locked) return;
    if (!this.clean) { void this.saving.send(); return; }   // the server keeps it aside and says so
    this.locked = true;
    this.view.setProps({ editable: () => !this.locked });
    this.tools.element.hidden = true;
    this.said("attention", sentence);
  }

  private stateOf(doc: Node): EditorState {
    return EditorState.create({
      doc,
      plugins: [
        listsAsTyped, history(),
        keymap({
          "Mod-b": toggleMark(strong!), "Mod-i": toggleMark(em!), "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo, "Mod-]": sinkListItem(list_item!), "Mod-[": liftListItem(list_item!),
          "Enter": chainCommands(stayInCell, splitListItem(list_item!)), "Shift-Enter": chainCommands(exitCode, breakLine), "Mod-s": () => { void this.saving.send(); return true; },
        }),
        keymap(baseKeymap),
      ],
    });
  }
  private run(command: Command): void {
    command(this.view.state, (change) => this.view.dispatch(change), this.view);
    this.view.focus();
  }
  private toolBar(): ToolBar {
    const marked = (type: typeof strong): boolean => { const { from, to, empty, $from } = this.view.state.selection; return empty ? type!.isInSet(this.view.state.storedMarks ?? $from.marks()) !== undefined : this.view.state.doc.rangeHasMark(from, to, type!); };
    return new ToolBar([
      { name: "strong", label: tr("Đậm"), icon: "bold", run: () => this.run(toggleMark(strong!)), on: () => marked(strong) },
      { name: "em", label: tr("Nghiêng"), icon: "italic", run: () => this.run(toggleMark(em!)), on: () => marked(em) },
      { name: "list", label: tr("Gạch đầu dòng"), icon: "list", run: () => this.run(toggleList(bullet_list!)), on: () => isIn(this.view.state, bullet_list!) },
      { name: "numbers", label: tr("Đánh số"), icon: "list-numbers", run: () => this.run(toggleList(ordered_list!)), on: () => isIn(this.view.state, ordered_list!) },
      { name: "figure", label: tr("Chèn số liệu"), icon: "hash", run: () => void this.panel.open("figure") },
      { name: "phrase", label: tr("Chèn câu so sánh"), icon: "writing", run: () => void this.panel.open("phrase") },
      { name: "unquote", label: tr("Bỏ dấu trích"), icon: "x", run: () => this.run(lift), shown: () => isIn(this.view.state, blockquote!) },
    ], tr("Công cụ soạn “{}”", this.host.dataset["label"] ?? ""));
  }

  private insert(pieces: Piece[]): void {
    let change = this.view.state.tr;
    for (const piece of pieces) {
      const node = typeof piece === "string" ? schema.text(piece) : figure!.create({ token: piece.token, says: piece.says });
      change = change.replaceSelectionWith(node, true);
    }
    this.view.dispatch(change.scrollIntoView());
    this.view.focus();
  }

  private show(content: Fragment): void {
    const { state } = this.view;
    const change = state.tr.replaceWith(0, state.doc.content.size, content).setMeta("taken", true);
    this.view.dispatch(change.setSelection(Selection.atEnd(change.doc)));
  }
  private shownAs(stored: Stored): void {
    const printed = document.querySelector<HTMLElement>(`[data-shown="${CSS.escape(this.code)}"]`);
    if (printed) {
      printed.innerHTML = stored.html; // made by the server, escaped there
      printed.closest<HTMLElement>("details")!.hidden = stored.text === "";
    }
    const list = this.host.querySelector<HTMLElement>("[data-problems]");
    list?.replaceChildren(...stored.problems.map((problem) => Object.assign(document.createElement("li"), { textContent: tr("Dòng {}, {}: {}", problem.line, problem.token, problem.message) })));
    this.host.querySelector<HTMLInputElement>('input[name="version"]')!.value = String(stored.version);
    // figures that say something else by now
    let change = this.view.state.tr;
    this.view.state.doc.descendants((node, at) => {
      const says = node.type === figure ? stored.says[node.attrs["token"] as string] : undefined;
      if (says !== undefined && says !== node.attrs["says"]) change = change.setNodeMarkup(at, null, { ...node.attrs, says });
    });
    if (change.docChanged) this.view.dispatch(change.setMeta("taken", true).setMeta("addToHistory", false));
  }

  private async giveUp(stored: Stored): Promise<void> {
    const mine = this.text();
    try {
      const response = await fetch(this.host.dataset["saveUrl"]!.replace(/luu$/, "de-rieng"), { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": csrfToken() }, body: JSON.stringify({ text: mine }) });
      if (!response.ok) throw new Error(`status ${response.status}`);
    } catch {
      this.stale(stored); // nothing is given up that is not kept
      return;
    }
    this.show(fromHtml(stored.editor).content);
    this.saving.takenOver(stored.version);
    this.said("good", stored.saved);
    this.shownAs(stored);
  }

  // What an earlier visit could not send; where somebody else has saved since, the answer shows both texts.
  private bringBack(): void {
    const kept = this.saving.kept();
    if (kept === null) return;
    try {
      const doc = Node.fromJSON(schema, kept.whole as object);
      doc.check();
      if (toMarkdown(doc) !== this.text()) { this.show(doc.content); this.saving.resume(kept.version); return; }
    } catch { /* kept by an older page: nothing to bring back */ }
    this.saving.takenOver(this.saving.version);
  }
}

// What others save while this page is open.
function followNews(editors: TextEditor[], url: string): void {
  const ask = async (): Promise<void> => {
    if (document.visibilityState === "hidden" || !navigator.onLine) return;
    const query = editors.map((editor) => `${encodeURIComponent(editor.code)}=${editor.version}`).join("&");
    try {
      const response = await fetch(`${url}?${query}`, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!response.ok || !(response.headers.get("Content-Type") ?? "").includes("json")) return;
      const news = await response.json() as { texts: Record<string, Stored>; locked: string };
      for (const editor of editors) {
        const stored = news.texts[editor.code];
        if (stored && stored.version > editor.version) editor.takeOver(stored);
        if (news.locked !== "") editor.lock(news.locked);
      }
    } catch { /* asked again later */ }
  };
  window.setInterval(() => void ask(), newsEveryMs);
  document.addEventListener("visibilitychange", () => void ask());
}

whenReady(() => {
  const page = document.querySelector<HTMLElement>("[data-news-url]");
  if (page === null) return;
  const editors = [...page.querySelectorAll<HTMLFormElement>('[data-island="text-editor"]')].map((host) => new TextEditor(host, page.dataset["figuresUrl"]!));
  if (editors.length > 0) followNews(editors, page.dataset["newsUrl"]!);
});
