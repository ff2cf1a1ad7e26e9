// What a text of a report may hold in the editor, and how it becomes Markdown: the same parts as platform/markdown knows, which reads the Markdown.
import { MarkdownSerializer } from "prosemirror-markdown";
import { DOMParser, type Node, Schema } from "prosemirror-model";
import { marks, nodes } from "prosemirror-schema-basic";
import { bulletList, listItem, orderedList } from "prosemirror-schema-list";

// A live figure: its token is what is kept, what it says is only shown.
export const schema = new Schema({
  nodes: {
    doc: nodes.doc,
    paragraph: nodes.paragraph,
    blockquote: nodes.blockquote,
    heading: { ...nodes.heading, content: "(text | figure)*", parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: 4 } })), toDOM: () => ["h4", 0] },
    bullet_list: { ...bulletList, content: "list_item+", group: "block" },
    ordered_list: { ...orderedList, content: "list_item+", group: "block" },
    list_item: { ...listItem, content: "paragraph block*" },
    table: { content: "table_row+", group: "block", isolating: true, parseDOM: [{ tag: "table" }], toDOM: () => ["table", { class: "data" }, ["tbody", 0]] },
    table_row: { content: "(table_head | table_cell)+", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
    table_head: { content: "(text | figure)*", isolating: true, parseDOM: [{ tag: "th" }], toDOM: () => ["th", 0] },
    table_cell: { content: "(text | figure)*", isolating: true, parseDOM: [{ tag: "td" }], toDOM: () => ["td", 0] },
    text: nodes.text,
    hard_break: nodes.hard_break,
    figure: {
      inline: true, group: "inline", atom: true, attrs: { token: { validate: "string" }, says: { default: "", validate: "string" } },
      parseDOM: [{ tag: "span[data-token]", getAttrs: (dom) => ({ token: dom.getAttribute("data-token") ?? "", says: dom.textContent ?? "" }) }],
      toDOM: (node) => ["span", { class: "live-figure", "data-token": node.attrs["token"] as string, title: node.attrs["token"] as string }, (node.attrs["says"] as string) || (node.attrs["token"] as string)],
    },
  },
  marks: { strong: marks.strong, em: marks.em },
});

export type Says = Record<string, string>;

// What the server made of the stored text, figures as places of their tokens.
export const fromElement = (element: Element): Node => DOMParser.fromSchema(schema).parse(element);
export const fromHtml = (html: string): Node => fromElement(new window.DOMParser().parseFromString(html, "text/html").body);

const serializer = new MarkdownSerializer({
  paragraph(state, node) { state.renderInline(node); state.closeBlock(node); },
  heading(state, node) { state.write("#### "); state.renderInline(node, false); state.closeBlock(node); },
  blockquote(state, node) { state.wrapBlock("> ", null, node, () => state.renderContent(node)); },
  bullet_list(state, node) { state.renderList(node, "  ", () => "- "); },
  ordered_list(state, node) {
    const first = (node.attrs["order"] as number | null) ?? 1, widest = String(first + node.childCount - 1).length;
    state.renderList(node, " ".repeat(widest + 2), (index) => `${String(first + index).padStart(widest)}. `);
  },
  list_item(state, node) { state.renderContent(node); },
  table(state, node) {
    node.forEach((row, _, index) => {
      state.ensureNewLine();
      state.write("|");
      row.forEach((cell) => { state.write(" "); state.renderInline(cell, false); state.write(" |"); });
      if (index > 0) return;
      state.ensureNewLine();
      state.write(`|${"---|".repeat(row.childCount)}`);
    });
    state.closeBlock(node);
  },
  hard_break(state) { state.write("\\\n"); },
  figure(state, node) { state.write(node.attrs["token"] as string); },
  // behind a line break a dash or a number would begin a list
  text(state, node, parent, index) {
    if (index > 0 && parent.child(index - 1).type.name === "hard_break") state.text(state.esc(node.text ?? "", true), false);
    else state.text(node.text ?? "");
  },
}, {
  strong: { open: "**", close: "**", mixable: true, expelEnclosingWhitespace: true },
  em: { open: "*", close: "*", mixable: true, expelEnclosingWhitespace: true },
}, { escapeExtraCharacters: /[|<>&]/g });

export const toMarkdown = (doc: Node): string => serializer.serialize(doc, { tightLists: true }).trim();
