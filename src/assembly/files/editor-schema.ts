/** The JSON Schema that an editor checks a fixture with: where it is, as seen from the fixture. */

import { basename, dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { fixtureJsonSchema } from "../../fixture/schema/json-schema.ts";
import { withSlashes } from "../../files/slashes.ts";
import type { NewFile } from "../../files/new-file.ts";
import type { Io } from "../../world/io.ts";

/** In the package, once it is built. */
const inPackage = "dist/fixture/fixture.schema.json";
const packageFolder = fileURLToPath(new URL("../../../", import.meta.url));
/** Beside a fixture of a project that does not have the package. */
const besideName = "astro-scim-fixture.schema.json";

export interface EditorSchema {
  /** For `$schema=`: relative to the fixture, with slashes. */
  readonly reference: string;
  /** What has to be written beside the fixture for it; undefined where the schema is there. */
  readonly beside: NewFile | undefined;
}

/**
 * The schema of the package where the project of the fixture has it, so that both are updated together. Else one beside the
 * fixture: neither a global installation nor npx's cache stays where it is, and nobody else has it there.
 */
export async function editorSchema(io: Io, file: string): Promise<EditorSchema> {
  const installed = await schemaInProject(io, file);
  if (installed !== undefined) return { reference: installed, beside: undefined };
  const besideFile = `${file.slice(0, file.length - basename(file).length)}${besideName}`;
  const text = `${JSON.stringify(fixtureJsonSchema(), null, 2)}\n`;
  return { reference: `./${besideName}`, beside: { file: besideFile, text, mayBeReplaced: true } };
}

/** As `reference`; undefined where neither the folder nor one above it has the package. */
export async function schemaInProject(
  { cwd, disk }: Pick<Io, "cwd" | "disk">,
  file: string,
): Promise<string | undefined> {
  const folder = dirname(resolve(cwd, file));
  for (const above of foldersUpwards(folder)) {
    const isClone = `${above}${above.endsWith(sep) ? "" : sep}` === packageFolder;
    const schema = resolve(above, isClone ? inPackage : `node_modules/astro-scim/${inPackage}`);
    if (await disk.exists(schema)) return fromFolder(folder, schema);
  }
  return undefined;
}

function fromFolder(folder: string, schema: string): string {
  const path = withSlashes(relative(folder, schema));
  return path.startsWith("../") ? path : `./${path}`;
}

function foldersUpwards(start: string): readonly string[] {
  const above = dirname(start);
  return above === start ? [start] : [start, ...foldersUpwards(above)];
}
