/** The texts of users and Teams as Astro's own API shows them, kept until they change: a list of 1,000 is mostly put together. */

import type { StoredResource } from "../../store/rows.ts";

interface KeptText {
  readonly version: number;
  readonly text: string;
}

/** More are not kept; some 10 MB. */
const maxTexts = 25_000;

export class KeptTexts {
  readonly #texts = new Map<string, KeptText>();

  /** `write` is called where the row has another version than the text that is kept. */
  of(row: StoredResource, write: (row: StoredResource) => string): string {
    const kept = this.#texts.get(row.id);
    if (kept?.version === row.version) return kept.text;
    const text = write(row);
    if (this.#texts.size >= maxTexts) this.#texts.clear();
    this.#texts.set(row.id, { version: row.version, text });
    return text;
  }
}
