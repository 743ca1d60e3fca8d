/** What is made of texts, kept: the same few expressions are evaluated for everybody. */

const mostKept = 500;

/** The function, with its latest results kept; what it throws is not. */
export function remembered<Result>(make: (text: string) => Result): (text: string) => Result {
  const kept = new Map<string, Result>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const result = make(text);
    const [oldest] = kept.size >= mostKept ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(text, result);
    return result;
  };
}
