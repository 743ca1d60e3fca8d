/** Filters that are one equality, which clients send before they write: read once, then known by what does not change. */

import { lenient, type Leniency } from "../leniency.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { indexableEquality, type IndexableEquality } from "./index-key.ts";
import { filterLimits } from "./limits.ts";
import { parseFilter } from "./parse.ts";

/** What stands before the value, as it was understood; undefined for what is not an equality. */
type Shape = Pick<IndexableEquality, "attribute"> & { readonly folds: boolean };

/** Clients have a handful; what is beyond is read in full each time. */
const maxShapes = 100;

/** In a text without these there is one string, and it is what stands between its quotes. */
const special = /[\\\p{Cc}]/u;

/** A letter that folding changes, for the shape is the same whatever the value. */
const probe = "A";

/** The equalities of one resource type under one set of rules. */
export class KnownEqualities {
  readonly #type: ResourceType;
  readonly #leniency: Leniency;
  readonly #shapes = new Map<string, Shape | undefined>();

  constructor(type: ResourceType, leniency: Leniency = lenient) {
    this.#type = type;
    this.#leniency = leniency;
  }

  /**
   * The equality that a filter is as a whole, such as `userName eq "ada@example.com"`; undefined for every other
   * filter, a broken one too, which is for `parseFilter` to read.
   */
  read(text: string): IndexableEquality | undefined {
    const opening = text.indexOf('"');
    const end = text.length - 1;
    if (opening === -1 || text.indexOf('"', opening + 1) !== end) return undefined;
    if (text.length > filterLimits.maxLength || special.test(text)) return undefined;
    const shape = this.#shapeOf(text.slice(0, opening));
    if (shape === undefined) return undefined;
    const value = text.slice(opening + 1, end);
    return { attribute: shape.attribute, key: shape.folds ? foldCase(value) : value };
  }

  #shapeOf(before: string): Shape | undefined {
    const known = this.#shapes.get(before);
    if (known !== undefined || this.#shapes.has(before)) return known;
    const shape = this.#readShape(`${before}"${probe}"`);
    if (this.#shapes.size < maxShapes) this.#shapes.set(before, shape);
    return shape;
  }

  #readShape(text: string): Shape | undefined {
    try {
      const filter = parseFilter(text, this.#leniency);
      if (filter.kind !== "compare" || filter.value !== probe) return undefined;
      const equality = indexableEquality(filter, this.#type, this.#leniency);
      return equality && { attribute: equality.attribute, folds: equality.key !== probe };
    } catch {
      // The full parser reports what is wrong.
      return undefined;
    }
  }
}
