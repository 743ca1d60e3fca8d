/**
 * What the text of a JSON body may hold, counted before it is parsed: objects of a million names, and lists inside one
 * another, take a parser a hundred times longer than its text says.
 */

import { jsonStringEnd } from "../ground/text/json-string-end.ts";
import { bodyLimits } from "./body-limits.ts";
import { ScimError } from "./error.ts";

/** Characters of a text that can do no harm, whatever is in it. */
const harmlessLength = 50_000;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Whether the text is JSON is for the parser to say.
 * @throws ScimError invalidSyntax for what is nested too deep or an object of too many names; 413 for too many values.
 */
export function limitJsonText(text: string): void {
  if (text.length > harmlessLength) countParts(text);
}

function countParts(text: string): void {
  const counts = new Counts();
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = jsonStringEnd(text, at);
    else if (code === comma) counts.part();
    else if (code === colon) counts.name();
    else if (code === openBrace || code === openBracket) counts.open();
    else if (code === closeBrace || code === closeBracket) counts.close();
  }
}

class Counts {
  #parts = 0;
  #depth = 0;
  /** Names of the object that is open at each depth. */
  readonly #names = new Uint32Array(bodyLimits.maxDepth + 1);

  part(): void {
    this.#parts += 1;
    if (this.#parts > bodyLimits.maxParts) throw tooMany();
  }

  name(): void {
    const count = (this.#names[this.#depth] ?? 0) + 1;
    this.#names[this.#depth] = count;
    if (count > bodyLimits.maxNames) throw tooManyNames();
  }

  open(): void {
    this.part();
    this.#depth += 1;
    if (this.#depth > bodyLimits.maxDepth) throw tooDeep();
    this.#names[this.#depth] = 0;
  }

  close(): void {
    if (this.#depth > 0) this.#depth -= 1;
  }
}

function tooManyNames(): ScimError {
  return new ScimError("invalidSyntax", `An object has at most ${bodyLimits.maxNames} attributes.`);
}

function tooDeep(): ScimError {
  return new ScimError("invalidSyntax", `The body is nested more than ${bodyLimits.maxDepth} levels deep.`);
}

function tooMany(): ScimError {
  return new ScimError(413, `The body has more than ${bodyLimits.maxParts} values.`);
}
