/** A regular expression's source, read from left to right. */

export class SourceReader {
  readonly source: string;
  #at = 0;

  constructor(source: string) {
    this.source = source;
  }

  isAtEnd(): boolean {
    return this.#at >= this.source.length;
  }

  /** The next character, a pair of surrogates as one; "" at the end. */
  peek(): string {
    const point = this.source.codePointAt(this.#at);
    return point === undefined ? "" : String.fromCodePoint(point);
  }

  take(): string {
    const next = this.peek();
    this.#at += next.length;
    return next;
  }

  /** Whether the text stands here; then it is taken. */
  takeText(text: string): boolean {
    const isHere = this.source.startsWith(text, this.#at);
    if (isHere) this.#at += text.length;
    return isHere;
  }

  /** Takes what the sticky expression matches here; undefined where it matches nothing. */
  takeMatch(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.#at;
    const match = sticky.exec(this.source);
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match;
  }
}

const controls: ReadonlyMap<string, number> = new Map([
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
  ["0", 0],
]);

/** The character that an escape behind a backslash stands for, in RE2's notation; undefined if it stands for none. */
export function takeCodePoint(reader: SourceReader): string | undefined {
  const pair = reader.takeMatch(/u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/iy);
  if (pair !== undefined) {
    const [high = 0, low = 0] = pair.slice(1).map((digits) => Number.parseInt(digits, 16));
    return written(String.fromCharCode(high, low).codePointAt(0) ?? 0);
  }
  const hex = reader.takeMatch(/x[\da-f]{2}|u[\da-f]{4}|u\{[\da-f]+\}/iy)?.[0];
  if (hex !== undefined) return written(Number.parseInt(hex.replace(/^.\{?/, ""), 16));
  const control = reader.takeMatch(/c([A-Za-z])/y)?.[1];
  if (control !== undefined) return written((control.codePointAt(0) ?? 0) % 32);
  const next = reader.take();
  const code = controls.get(next);
  if (code !== undefined) return written(code);
  return /^[\x21-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7e]$/.test(next) ? `\\${next}` : undefined;
}

/** Half a pair of surrogates is left to the other engine. */
function written(point: number): string | undefined {
  return point >= 0xd800 && point <= 0xdfff ? undefined : `\\x{${point.toString(16)}}`;
}
