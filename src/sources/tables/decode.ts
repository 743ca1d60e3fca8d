/** Bytes of a file as text: UTF-8 or UTF-16, with or without a byte order mark. */

export type Decoded =
  | { readonly kind: "text"; readonly text: string }
  /** `isCut`: the last character is incomplete. */
  | { readonly kind: "not-text"; readonly isCut: boolean; readonly message: string };

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** Consoles and spreadsheets write UTF-8, PowerShell and "Unicode text" of Excel UTF-16. */
export function decode(file: string, bytes: Uint8Array): Decoded {
  const { encoding, markBytes } = encodingOf(bytes);
  const body = bytes.subarray(markBytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body);
    if (!text.includes("\0")) return { kind: "text", text };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    if (isCutIn(encoding, body)) {
      return { kind: "not-text", isCut: true, message: `${file} ends within a character.` };
    }
  }
  return { kind: "not-text", isCut: false, message: `${file} is not Unicode text.` };
}

interface Marked {
  readonly encoding: Encoding;
  readonly markBytes: number;
}

const marks: readonly (readonly [mark: readonly number[], encoding: Encoding])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

function encodingOf(bytes: Uint8Array): Marked {
  const marked = marks.find(([mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked !== undefined) return { encoding: marked[1], markBytes: marked[0].length };
  return { encoding: encodingByZeros(bytes), markBytes: 0 };
}

/** A header begins with letters of ASCII: in UTF-16, one of their two bytes is zero. */
function encodingByZeros([first, second]: Uint8Array): Encoding {
  if (second === undefined || (first === 0) === (second === 0)) return "utf-8";
  return second === 0 ? "utf-16le" : "utf-16be";
}

/** Whether everything is text but for the last character. */
function isCutIn(encoding: Encoding, body: Uint8Array): boolean {
  const most = 3;
  for (let left = 1; left <= Math.min(most, body.length); left += 1) {
    const rest = body.subarray(body.length - left);
    if (encoding === "utf-8" && !isStartOfCharacter(rest)) continue;
    try {
      new TextDecoder(encoding, { fatal: true }).decode(body.subarray(0, body.length - left));
      return true;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return false;
}

/** The lead byte of a character of several bytes, and fewer of its continuation bytes than it has (RFC 3629 §3). */
function isStartOfCharacter([lead = 0, ...others]: Uint8Array): boolean {
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  return others.length + 1 < length && others.every((byte) => byte >= 0x80 && byte < 0xc0);
}
