/** Texts with invented words in place of real ones: what stands between the words, and what is the same, stays so. */

import { foldCase } from "../ground/text/fold-case.ts";
import { InventedWords, wordPattern } from "./invented-words.ts";

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
/** `https://`, the mark of guests in Entra ID, a GUID, what may be a domain, a word, a number. */
const parts =
  /https?:\/\/|#EXT#|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+|[\p{L}\p{M}]+|\p{N}+/giu;

const isoDate = /^\d{4}-\d{2}-\d{2}(?<time>T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const dayMs = 86_400_000;

export interface RealCompany {
  /** Everything that it says. */
  readonly texts: readonly string[];
  /** Domains of its addresses, in lower case. */
  readonly domains: ReadonlySet<string>;
  /** Ids of its objects, with what each is replaced by. */
  readonly ids: ReadonlyMap<string, string>;
}

export class InventedTexts {
  readonly words: InventedWords;
  readonly #company: RealCompany;

  constructor(seed: string, company: RealCompany) {
    this.words = new InventedWords(seed, company.texts);
    this.#company = company;
  }

  /** Addresses keep their form, and two texts that share a word share the invented one. */
  text(text: string): string {
    const id = this.#company.ids.get(text);
    if (id !== undefined) return id;
    if (isoDate.test(text)) return this.#date(text);
    return text.replaceAll(parts, (part: string, offset: number) => {
      if (part.startsWith("http") && part.endsWith("://")) return part;
      if (part === "#EXT#") return part;
      if (guid.test(part)) return this.#guid(part);
      const isDomain =
        this.#company.domains.has(foldCase(part)) || (text[offset - 1] === "@" && part.includes("."));
      return isDomain ? this.domain(part) : this.inWords(part);
    });
  }

  /** Below `.example`, which belongs to nobody (RFC 2606 §2). */
  domain(domain: string): string {
    return `${this.inWords(domain)}.example`;
  }

  /** Word by word, whatever they are. */
  inWords(text: string): string {
    return text.replaceAll(wordPattern, (word) =>
      /^\p{N}/u.test(word) ? this.words.number(word) : this.words.word(word),
    );
  }

  id(id: string): string {
    return this.#company.ids.get(id) ?? this.text(id);
  }

  #guid(text: string): string {
    const hex = this.words.digest(`guid ${foldCase(text)}`).toString("hex");
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `a${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join("-");
  }

  /** Any day of some sixty years. */
  #date(text: string): string {
    const time = isoDate.exec(text)?.groups?.["time"] === undefined ? "" : "T00:00:00Z";
    const days = this.words.digest(`date ${text}`).readUInt32BE(0) % 22_000;
    return new Date(days * dayMs).toISOString().slice(0, 10) + time;
  }
}
