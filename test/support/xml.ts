/** Reads XML 1.0 strictly, as far as reports use it: what is not well-formed is an error. */

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** All text directly within. */
  readonly text: string;
}

const legal = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const name = String.raw`[A-Za-z_][\w.-]*`;
const token = new RegExp(
  String.raw`<\/(?<end>${name})\s*>|<(?<start>${name})(?<attributes>(?:\s+${name}="[^"<]*")*)\s*(?<empty>\/?)>|(?<text>[^<]+)`,
  "uy",
);

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/** @throws Error where the text is no XML document with one root */
export function parseXml(document: string): XmlNode {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(head)) throw new Error("the XML declaration is missing");
  if (!legal.test(document)) throw new Error("a character is not allowed in XML");
  const stack: Open[] = [{ name: "", attributes: {}, children: [], text: "" }];
  token.lastIndex = head.length;
  while (token.lastIndex < document.length) {
    const at = token.lastIndex;
    const groups = token.exec(document)?.groups;
    if (groups === undefined) throw new Error(`no XML at ${at}`);
    take(groups, stack);
  }
  return rootOf(stack);
}

function rootOf([outside, ...open]: readonly Open[]): XmlNode {
  const [only, ...others] = outside?.children ?? [];
  if (open.length > 0) throw new Error("an element is not closed");
  if (only === undefined || others.length > 0 || outside?.text.trim() !== "") {
    throw new Error("not one root element");
  }
  return only;
}

/** One token: the start of an element, its end, or text. */
function take(groups: Readonly<Record<string, string | undefined>>, stack: Open[]): void {
  const { end, start, attributes = "", empty, text } = groups;
  const top = stack.at(-1);
  if (top === undefined) throw new Error("an element ends that none began");
  if (text !== undefined) top.text += unescaped(text);
  if (start !== undefined) {
    const open: Open = { name: start, attributes: attributesIn(attributes), children: [], text: "" };
    top.children.push(open);
    if (empty === "") stack.push(open);
  }
  if (end === undefined) return;
  if (top.name !== end) throw new Error(`</${end}> closes <${top.name}>`);
  stack.pop();
}

function attributesIn(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, key = "", value = ""] of text.matchAll(/([\w.-]+)="([^"]*)"/g)) {
    if (Object.hasOwn(found, key)) throw new Error(`${key} is there twice`);
    // XML 1.0 §3.3.3: white space in an attribute is read as a space unless it is a reference.
    found[key] = unescaped(value.replaceAll(/[\t\n\r]/g, " "));
  }
  return found;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&([^;\s]*);?/g, (whole, entity: string) => {
    if (!whole.endsWith(";")) throw new Error(`& stands alone: ${text}`);
    if (entity.startsWith("#")) return String.fromCodePoint(Number(entity.slice(1)));
    const character = entities[entity];
    if (character === undefined) throw new Error(`unknown entity ${entity}`);
    return character;
  });
}
