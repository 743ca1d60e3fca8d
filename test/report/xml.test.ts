import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { element, xmlDocument } from "../../src/report/xml.ts";
import { parseXml } from "../support/xml.ts";

/** A document with this text in an attribute and as content, read again. */
function readBack(text: string): { readonly attribute: string | undefined; readonly content: string } {
  const root = parseXml(xmlDocument(element("a", { b: text }, [text])));
  return { attribute: root.attributes["b"], content: root.text };
}

/** Any UTF-16, halves of pairs included. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 0, max: 0xff_ff })))
  .map((units) => String.fromCharCode(...units));
const plainText = fc
  .array(fc.constantFrom("a", "<", ">", "&", '"', "'", " ", "\t", "\n", "é", "李", "👩"))
  .map((parts) => parts.join(""));

describe("XML 1.0", () => {
  test("any text makes a well-formed document", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(() => readBack(text)).not.toThrow();
      }),
    );
  });

  test("what XML can hold is read back as it was", () => {
    fc.assert(
      fc.property(plainText, (text) => {
        expect(readBack(text)).toEqual({ attribute: text, content: text });
      }),
    );
  });

  test.each([
    ["a control character", "\u001B[31m", "\\u{1b}[31m"],
    ["a NUL", "\0", "\\u{0}"],
    ["a carriage return", "\r", "\\u{d}"],
    ["half of a pair", "\uD800", "\\u{d800}"],
    ["what is no character", "\uFFFE", "\\u{fffe}"],
  ])("§2.2 has no place for %s: it is told by its number", (_what, text, told) => {
    expect(readBack(text)).toEqual({ attribute: told, content: told });
  });

  test("elements are laid out, text is left as it is, undefined attributes are left out", () => {
    const inner = [element("b", { c: undefined, d: 1 }), element("e", {}, ["x\n y"])];
    expect(xmlDocument(element("a", {}, inner))).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a>\n  <b d="1"/>\n  <e>x\n y</e>\n</a>\n',
    );
  });
});
