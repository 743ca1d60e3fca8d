/** Puts a profile into an `astro-scim.yaml`. Whatever else is in the file stays, comments included. */

import { dirname, join } from "node:path";
import { isAlias, isMap, isNode, isScalar, parseDocument, visit, type Document } from "yaml";
import { AppError } from "../../ground/errors.ts";
import type { JsonObject, JsonValue } from "../../ground/json.ts";
import { printable } from "../../ground/text/printable.ts";
import { fileProblem, readSmallFile } from "../../files/read-small-file.ts";
import { isMissing } from "../../files/system-error.ts";
import { writeProblem, writeWhole } from "../../files/whole-file.ts";
import type { Io } from "../../world/io.ts";
import { maxProfileBytes } from "./find-profile.ts";
import { parseProfiles } from "./parse-profiles.ts";
import type { ProfileSettings } from "./profile.ts";

export interface ProfileChange {
  /** Absolute. */
  readonly file: string;
  readonly name: string;
  /** Keys that are set; those of the profile that are not named stay. */
  readonly values: JsonObject;
}

const header = `# Profiles of astro-scim. They name variables and files with secrets, and never hold one.\n`;

/**
 * The file is written as a whole or not at all.
 * @throws AppError invalid-file, for a file that is not valid before or after; refused, for a profile that has another target;
 * failed, where it cannot be written
 */
export async function writeProfile(io: Io, { file, name, values }: ProfileChange): Promise<void> {
  const before = await textOf(io, file);
  const document: Document = parseDocument(before ?? header);
  if (document.contents === null) document.contents = document.createNode({ profiles: {} });
  else refuseOtherTarget(parseProfiles(file, before ?? "")[name], { file, name, values });
  refuseShared(document, { file, name });
  put(document, name, values);
  const text = withLineEnds(document.toString({ lineWidth: 0 }), before);
  // What could not be read again must not be written.
  parseProfiles(file, text);
  try {
    await io.disk.mkdir(dirname(file));
    await writeWhole(io, file, text, { replace: true });
  } catch (error) {
    throw new AppError("failed", `${printable(file)} cannot be written: ${writeProblem(error)}.`, {
      cause: error,
    });
  }
}

/** Where a profile that no file has is put: the working folder. */
export function fileInFolder(folder: string): string {
  return join(folder, "astro-scim.yaml");
}

/** A name can be typed without quotes; undefined where it will do. */
export function profileNameProblem(name: string): string | undefined {
  return /^[A-Za-z0-9][\w.-]{0,63}$/.test(name)
    ? undefined
    : "Enter a name of letters, digits, dots, hyphens and underscores.";
}

async function textOf(io: Io, file: string): Promise<string | undefined> {
  try {
    return await readSmallFile(io.disk, file, maxProfileBytes);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new AppError("invalid-file", `${printable(file)} can't be read: ${fileProblem(error)}.`, {
      cause: error,
    });
  }
}

/** A command that names the profile would then write to another organization than before. */
function refuseOtherTarget(
  existing: ProfileSettings | undefined,
  { file, name, values }: ProfileChange,
): void {
  if (existing === undefined) return;
  const isSame = (["url", "org", "domain"] as const).every((key) => existing[key] === values[key]);
  if (isSame) return;
  throw new AppError(
    "refused",
    `The profile "${printable(name)}" of ${printable(file)} has another target. Nothing was changed.`,
    { hint: "Choose another name, or change the target in the file." },
  );
}

/** What an anchor and an alias share would change in both places, or be lost in one. */
function refuseShared(document: Document, { file, name }: Pick<ProfileChange, "file" | "name">): void {
  const profiles = document.getIn(["profiles"], true);
  const profile = isMap(profiles) ? profiles.get(name, true) : undefined;
  let isShared = isAlias(profiles) || (isMap(profiles) && profiles.anchor !== undefined);
  if (isNode(profile)) {
    visit(profile, {
      Alias: () => {
        isShared = true;
      },
      Value: (_key, { anchor }) => {
        if (anchor !== undefined) isShared = true;
      },
    });
  }
  if (!isShared) return;
  throw new AppError(
    "refused",
    `The profile "${printable(name)}" of ${printable(file)} shares values by a YAML anchor. Nothing was changed.`,
    { hint: "Choose another name, or write the values out in the file." },
  );
}

function put(document: Document, name: string, values: JsonObject): void {
  const path = ["profiles", name];
  if (!isMap(document.getIn(["profiles"]))) document.setIn(["profiles"], document.createNode({}));
  if (!isMap(document.getIn(path))) document.setIn(path, document.createNode({}));
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) putValue(document, [...path, key], value);
  }
}

/** What is the same stays as it is written, with the comment beside it. */
function putValue(document: Document, path: readonly string[], value: JsonValue): void {
  const before = document.getIn(path, true);
  if (isNode(before) && JSON.stringify(before.toJS(document)) === JSON.stringify(value)) return;
  if (isScalar(before) && (value === null || typeof value !== "object")) before.value = value;
  else document.setIn(path, document.createNode(value));
}

/** As the file has them. */
function withLineEnds(text: string, before: string | undefined): string {
  return before?.includes("\r\n") === true ? text.replaceAll(/\r?\n/g, "\r\n") : text;
}
