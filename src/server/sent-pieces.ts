/** The text of an answer that leaves in pieces, read along as it leaves. */

import type { Readable } from "node:stream";

/** As text, once it has left. */
export interface SentPieces {
  toString(): string;
}

/** Such answers are streamed because nobody should hold all of them: a long one is only counted. */
const maxCharacters = 4 * 1024 * 1024;

/** The stream must be read by somebody else too, beginning in the same turn. */
export function readAlong(stream: Readable): SentPieces {
  const pieces: string[] = [];
  let characters = 0;
  stream.on("data", (piece: unknown) => {
    const text = String(piece);
    characters += text.length;
    if (characters <= maxCharacters) pieces.push(text);
    else pieces.length = 0;
  });
  return {
    toString: () => (characters > maxCharacters ? `[not kept: ${characters} characters]` : pieces.join("")),
  };
}
