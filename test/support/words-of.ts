/** The words of a command line, as a shell reads them: quotes belong to no word. */

export function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
}
