import fc from "fast-check";
import { expect, test } from "vitest";
import { foldCase } from "../../src/ground/text/fold-case.ts";

test("a folded name is folded: capitals without a composed form have a small letter with one (ǰ, ẖ, ẗ, ẘ, ẙ)", () => {
  for (const name of ["J\u030C", "H\u0331", "T\u0308", "W\u030A", "Y\u030A"]) {
    expect(foldCase(name)).toBe(foldCase(name.toLowerCase().normalize("NFC")));
  }
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(foldCase(foldCase(text))).toBe(foldCase(text));
      expect(foldCase(text.normalize("NFD"))).toBe(foldCase(text));
    }),
  );
});
