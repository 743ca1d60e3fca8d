/** Names of attributes: the providers' own ones stay, those that a company has made up may name it. */

import { isKnownAppAttribute } from "../astro/okta-attributes/okta-app-attribute.ts";
import type { AppSettings } from "../directory/app-settings.ts";
import { baseProfileAttributes } from "../idp/okta/mapping/base-profile.ts";
import { groupSourceAttributes, userSourceAttributes } from "../idp/entra/mapping/source-attributes.ts";
import type { InventedTexts } from "./invented-texts.ts";

export interface AttributeNames {
  /** Of an attribute of the directory. */
  readonly source: (name: string) => string;
  /** Of an attribute of the app or of a SCIM resource. */
  readonly target: (name: string) => string;
  /** Of a property of the app. */
  readonly property: (name: string) => string;
  /** A URN of a schema, which may be followed by an attribute. */
  readonly urn: (urn: string) => string;
}

export function attributeNames(idp: AppSettings["idp"], texts: InventedTexts): AttributeNames {
  const isOwn = (name: string): boolean =>
    idp === "okta"
      ? baseProfileAttributes.has(name)
      : userSourceAttributes.has(name) || groupSourceAttributes.has(name);
  const urn = (text: string): string =>
    text.replaceAll(/[^:.]+/g, (part) => (knownUrnPart.test(part) ? part : texts.inWords(part)));
  return {
    source: (name) => (isOwn(name) ? name : sourceName(name, texts)),
    target: (name) => {
      if (/^urn:/i.test(name)) return standardUrn.test(name) ? name : urn(name);
      return isKnownAppAttribute(name) || scimName.test(name) ? name : texts.inWords(name);
    },
    property: (name) => texts.inWords(name),
    urn: (text) => (standardUrn.test(text) ? text : urn(text)),
  };
}

const standardUrn = /^urn:ietf:params:scim:schemas:(?:core|extension:enterprise):2\.0:(?:User|Group)\b/i;
const knownUrnPart = /^(?:urn|ietf|params|scim|schemas|extension|core|enterprise|User|Group|\d+)$/i;
/** Attributes of users and groups that are mapped by their names in SCIM. */
const scimName = /^(?:userName|active|externalId|id|displayName|members)$/;

/** A directory extension of Entra ID has the id of an app in its name. */
function sourceName(name: string, texts: InventedTexts): string {
  const extension = /^extension_([0-9a-f]{32})_(.+)$/i.exec(name);
  if (extension === null) return texts.inWords(name);
  const [, app = "", own = ""] = extension;
  return `extension_${texts.words.digest(`app ${app}`).toString("hex").slice(0, 32)}_${texts.inWords(own)}`;
}
