/** The text of an answer that is sent in pieces, copied while it is sent. */

export interface SentPieces {
  /** The text sent so far. */
  text(): string;
}

/** Such answers are streamed to save memory: of a long one only the length is kept. */
const maxCharacters = 4 * 1024 * 1024;

/** The same pieces, and the text they make together. */
export function teePieces(pieces: AsyncIterable<string>): {
  readonly pieces: AsyncIterable<string>;
  readonly sentPieces: SentPieces;
} {
  const kept: string[] = [];
  let characters = 0;
  async function* passing(): AsyncGenerator<string> {
    for await (const piece of pieces) {
      characters += piece.length;
      if (characters <= maxCharacters) kept.push(piece);
      else kept.length = 0;
      yield piece;
    }
  }
  const text = (): string =>
    characters > maxCharacters ? `[not kept: ${characters} characters]` : kept.join("");
  return { pieces: passing(), sentPieces: { text } };
}
