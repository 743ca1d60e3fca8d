/** Reads the directory and Astro, and compares them; of two sides of which one cannot be read, the other is kept. */

import { readAstroState } from "../../astro/api/reading/read.ts";
import { documentedOktaSettings, type AppSettings } from "../../directory/app-settings.ts";
import { documentedEntraSettings } from "../../directory/entra-app-settings.ts";
import type { ProvidedDirectory } from "../../directory/source.ts";
import { AppError, type AppErrorCode } from "../../ground/errors.ts";
import { providers } from "../../idp/providers.ts";
import { withoutAstro, withoutDirectory } from "../../why/facts/one-side.ts";
import { sidesOf, type Sides } from "../../why/facts/sides.ts";
import { measureDrift } from "../measure-drift.ts";
import type { RepeatedFlags } from "../next/words.ts";
import type { Session } from "../session.ts";

/** What the other side may be read after. */
const ofOneSide: ReadonlySet<AppErrorCode> = new Set<AppErrorCode>([
  "unreachable",
  "unauthorized",
  "not-scim",
  "not-astro",
  "source-incomplete",
  "permission-missing",
]);

/** @throws AppError where neither can be read, with the error that came first; interrupted, usage, invalid-file */
export async function readSides(session: Session, flags: RepeatedFlags): Promise<Sides> {
  try {
    const { provided, drift, words } = await measureDrift(session, { textIdsOnly: false, flags });
    return sidesOf(provided, drift, words);
  } catch (error) {
    if (!(error instanceof AppError) || !ofOneSide.has(error.code)) throw error;
    const side = (await directoryAlone(session, error)) ?? (await astroAlone(session, error));
    if (side === undefined) throw error;
    return side;
  }
}

function whyOf(error: AppError): string {
  return error.message.replace(/\.$/, "");
}

async function directoryAlone({ source, signal }: Session, error: AppError): Promise<Sides | undefined> {
  const provided = await orUndefined<ProvidedDirectory>(() => source.read(undefined, signal));
  if (provided === undefined) return undefined;
  return withoutAstro(provided, providers[provided.app.idp].words, whyOf(error));
}

/** Only of a live provider: a file that cannot be read is a mistake of its author. */
async function astroAlone(session: Session, error: AppError): Promise<Sides | undefined> {
  const { connection, directory, settings, signal } = session;
  const app = settingsOf(directory.kind);
  if (app === undefined) return undefined;
  const held = await orUndefined(() =>
    readAstroState(connection.send, {
      target: connection.baseUrl,
      attributePaths: [],
      concurrency: settings.concurrency,
      signal,
    }),
  );
  return held && withoutDirectory(app, held, providers[app.idp].words, whyOf(error));
}

/** How the app is documented to be set up; nothing of it is compared. */
function settingsOf(kind: Session["directory"]["kind"]): AppSettings | undefined {
  if (kind === "okta") return documentedOktaSettings;
  return kind === "entra" ? documentedEntraSettings : undefined;
}

async function orUndefined<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && ofOneSide.has(error.code)) return undefined;
    throw error;
  }
}
