/** The attributes that the app has in Okta, and what each is sent as. */

import {
  attributeNames,
  documentedAttributes,
  isAttributeName,
  type AttributeName,
} from "../../../astro/attributes.ts";
import { parseMappedPath, type MappedPath } from "../../../astro/mapped-path.ts";
import { otherUserAttribute } from "../../../astro/target-attribute.ts";
import { AppError } from "../../../ground/errors.ts";
import type { OktaAppSettings } from "../../../directory/app-settings.ts";

export interface AppAttribute {
  /** The documented name, or the path of what an administrator has added to the app's profile. */
  readonly name: string;
  readonly path: MappedPath;
}

/** Values by the names of the app's attributes; unset ones are absent. */
export type AppValues = Readonly<Partial<Record<AttributeName, string>> & Record<string, string>>;

/**
 * Those that Astro documents, and those that the mappings name beside them. `userName` is none of them: it has no
 * mapping row.
 * @throws AppError invalid-file for a name that is neither documented nor the path of a text of a SCIM user
 */
export function appAttributes({ mappings }: Pick<OktaAppSettings, "mappings">): readonly AppAttribute[] {
  const others = Object.keys(mappings).filter((name) => !isAttributeName(name));
  return [...documented, ...others.map((name) => ({ name, path: otherPath(name) }))];
}

const documented: readonly AppAttribute[] = attributeNames.map((name) => ({
  name,
  path: parseMappedPath(documentedAttributes[name].path),
}));

function otherPath(name: string): MappedPath {
  try {
    return otherUserAttribute(name).path;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError("invalid-file", `The app has no attribute "${name}" to map to.`, {
      hint: `Attributes of the app: ${attributeNames.join(", ")}; userName comes from applicationUsername; any other is named by its SCIM path, such as title.`,
      cause: error,
    });
  }
}
