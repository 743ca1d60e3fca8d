/** The astro CLI's login, read from its configuration (astro-cli, config/config.go). The file is never written. */

import { join } from "node:path";

import { LineCounter } from "yaml";

import { parseYamlDocument } from "../yaml/yaml-document.ts";
import { yamlFault } from "../yaml/yaml-fault.ts";
import { UnusableFile } from "../files/file-kind.ts";
import type { Io } from "../world/io.ts";
import { astroDomain } from "./base-url.ts";
import { FileTooLarge, fileProblem, readSmallFile } from "../files/read-small-file.ts";
import { isMissing } from "../files/system-error.ts";

export interface AstroCliContext {
  readonly domain: string;
  readonly organizationId: string | undefined;
  /** Undefined if no user is logged in, or the login has expired. */
  readonly token: string | undefined;
}

export interface AstroCliLookup {
  readonly context: AstroCliContext | undefined;
  /** Sentences about why there is no token. */
  readonly notes: readonly string[];
}

const maxConfigBytes = 1024 * 1024;

/** The astro CLI treats a login as expired that long before it is. */
const expiryMarginMs = 5 * 60_000;

/** The current context: `ASTRO_DOMAIN`, else the one the file names. A damaged file is said, not fatal. */
export async function readAstroCliContext(io: Io): Promise<AstroCliLookup> {
  const file = astroCliFile(io);
  if (file === undefined) return nobody;
  try {
    return currentContext(keysOf(parseConfig(await readSmallFile(io.disk, file, maxConfigBytes))), io);
  } catch (error) {
    const notes = isMissing(error) ? [] : [`The astro CLI's ${file} was not used: ${problemOf(error)}.`];
    return { context: undefined, notes };
  }
}

/** A text in a configuration file of the astro CLI, by its keys; undefined where there is none, or no file that can be read. */
export async function readAstroCliSetting(
  { disk }: Pick<Io, "disk">,
  file: string,
  path: readonly string[],
): Promise<string | undefined> {
  try {
    const config = parseConfig(await readSmallFile(disk, file, maxConfigBytes));
    return text(path.reduce((value, key) => keysOf(value)[key], config));
  } catch {
    return undefined;
  }
}

/** Where the astro CLI keeps its login; undefined where there is no home. */
export function astroCliFile({ env }: Io): string | undefined {
  const folder = text(env["ASTRO_HOME"]) ?? text(env["HOME"]) ?? text(env["USERPROFILE"]);
  return folder && join(folder, ".astro", "config.yaml");
}

type Keys = Readonly<Record<string, unknown>>;

const nobody: AstroCliLookup = { context: undefined, notes: [] };

function currentContext(config: Keys, io: Io): AstroCliLookup {
  const name = text(io.env["ASTRO_DOMAIN"]) ?? text(config["context"]);
  if (name === undefined) return nobody;
  const keys = keysOf(keysOf(config["contexts"])[name.replaceAll(".", "_").toLowerCase()]);
  const token = text(text(keys["token"])?.replace(/^Bearer\b/i, ""));
  const hasExpired = token !== undefined && isExpired(keys["expiresin"], io.clock.now());
  const context = {
    domain: astroDomain(text(keys["domain"]) ?? name, "the astro CLI's context"),
    organizationId: text(keys["organization"]),
    token: hasExpired ? undefined : token,
  };
  return {
    context,
    notes: hasExpired ? ["The astro CLI's login has expired: run `astro login` to use it."] : [],
  };
}

class NotYaml extends Error {}

function parseConfig(source: string): unknown {
  const parsed = parseYamlDocument(source, new LineCounter());
  if (yamlFault(parsed, source) !== undefined) throw new NotYaml("not YAML");
  const value: unknown = parsed.document.toJS({ maxAliasCount: 10 });
  return value;
}

function problemOf(error: unknown): string {
  if (error instanceof NotYaml) return "it is not valid YAML";
  if (error instanceof UnusableFile || error instanceof FileTooLarge) return fileProblem(error);
  return error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    error.name !== "AppError"
    ? fileProblem(error)
    : "its content is not in the astro CLI's format";
}

/** The YAML library of the astro CLI writes keys in lower case and reads them in any. */
function keysOf(value: unknown): Keys {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toLowerCase(), each]));
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function isExpired(value: unknown, now: Date): boolean {
  const at = value instanceof Date ? value.getTime() : Date.parse(text(value) ?? "");
  return !Number.isNaN(at) && at - expiryMarginMs <= now.getTime();
}
