import { expect, test } from "vitest";

import { bodyInWords } from "../../src/wire/body-in-words.ts";
import { json, text } from "../support/conversation.ts";

const html = { "content-type": "text/html; charset=utf-8" };

test.each([
  ["a web page (text/html)", text(200, "  <!DOCTYPE html><html></html>", html)],
  ["a web page", text(200, "<html></html>")],
  ['the text "404 page not found"', text(404, "404 page\n  not found\n")],
  [`the text "${"a".repeat(80)}…"`, text(500, "a".repeat(5000))],
  ["nothing", text(500, " \n")],
  ["JSON", json(200, {})],
])("%s", (words, answer) => {
  expect(bodyInWords(answer)).toBe(words);
});
