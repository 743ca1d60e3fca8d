/** A user of whom the mappings can make no account. */

/** Why a user can have no account, in one sentence without its subject. */
export interface Unmappable {
  readonly kind: "unmappable";
  readonly reason: string;
}

export function unmappable(reason: string): Unmappable {
  return { kind: "unmappable", reason };
}

/** True where no account can be made of the user. */
export function isUnmappable(mapped: object): mapped is Unmappable {
  return "kind" in mapped && mapped.kind === "unmappable";
}
