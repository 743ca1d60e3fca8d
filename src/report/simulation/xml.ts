/** XML 1.0 as text: elements with attributes and content, everything in them escaped. */

export type XmlContent = readonly (XmlElement | string)[];

export interface XmlElement {
  readonly name: string;
  /** Undefined ones are left out. */
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly content: XmlContent;
}

export function element(
  name: string,
  attributes: XmlElement["attributes"] = {},
  content: XmlContent = [],
): XmlElement {
  return { name, attributes, content };
}

/** A document in UTF-8; ends with a newline. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root, "")}\n`;
}

function elementText({ name, attributes, content }: XmlElement, indent: string): string {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${attributeText(String(value))}"`);
  const start = `${indent}<${name}${given.join("")}`;
  if (content.length === 0) return `${start}/>`;
  // White space counts beside text, so that only elements among themselves are laid out.
  if (content.some((part) => typeof part === "string")) {
    const inner = content.map((part) =>
      typeof part === "string" ? contentText(part) : elementText(part, ""),
    );
    return `${start}>${inner.join("")}</${name}>`;
  }
  const inner = content.map((part) => (typeof part === "string" ? "" : elementText(part, `${indent}  `)));
  return `${start}>\n${inner.join("\n")}\n${indent}</${name}>`;
}

function contentText(text: string): string {
  return allowed(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Attribute values are normalized when they are read: line breaks and tabs must be references (XML 1.0 §3.3.3). */
function attributeText(text: string): string {
  return contentText(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}

/** XML 1.0 §2.2 has no way to write most control characters, lone surrogates, U+FFFE and U+FFFF: written as `\u{1b}`. */
function allowed(text: string): string {
  return text.replaceAll(
    /[^\t\n\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu,
    (character) => {
      return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    },
  );
}
