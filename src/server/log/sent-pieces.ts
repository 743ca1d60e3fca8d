/** The text of an answer that leaves in pieces, read along as it leaves. */

export interface SentPieces {
  /** What has left so far. */
  text(): string;
}

/** Such answers are streamed because nobody should hold all of them: a long one is only counted. */
const maxCharacters = 4 * 1024 * 1024;

/** The same pieces, and what they come to. */
export function readAlong(pieces: AsyncIterable<string>): {
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
