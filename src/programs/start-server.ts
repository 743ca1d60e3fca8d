/** `startServer` for programs: the engine of `astro-scim serve`, with what a test wants to know afterwards. */

import * as z from "zod";
import { loadFixture } from "../assembly/files/fixture-file.ts";
import { fixtureSeed } from "../assembly/fixture-seed.ts";
import { programIo } from "../world/io.ts";
import { AppError } from "../ground/errors.ts";
import { readSeed } from "../fixture/read-seed.ts";
import { defaultLimits } from "../server/http/limits.ts";
import type { IdentityOptions } from "../server/identity.ts";
import type { OrganizationOptions } from "../server/organizations.ts";
import {
  startServer as start,
  type AstroServer,
  type StartServerOptions as ServerOptions,
} from "../server/start.ts";
import {
  callback,
  checkOptions,
  count,
  flag,
  list,
  port,
  record,
  requireKnownOptions,
  step,
  text,
  type OptionChecks,
} from "./check-options.ts";
import type { StartSeed } from "./seed.ts";

/** One organization of a server: who may call, and what Astro holds. */
export interface StartOrganizationOptions extends IdentityOptions {
  /** What Astro holds beforehand, with the keys of a fixture's `astro:` part. */
  readonly seed?: StartSeed;
  /** Path of a YAML fixture: its `astro:` part is what the server holds; its organization counts where none is given. */
  readonly fixture?: string;
  /** With `fixture`: holds what its directory says that Astro should hold. */
  readonly provisioned?: boolean;
  /** With `provisioned`: after this step of the timeline: `start`, `end` (the default), or a step's name or number. */
  readonly at?: string | number;
}

export interface StartServerOptions
  extends Omit<ServerOptions, "world" | "seed" | "organizations">, StartOrganizationOptions {
  /**
   * More organizations on the same server. A token that several organizations have is for all of them; behaviour and faults are
   * the server's.
   */
  readonly organizations?: readonly StartOrganizationOptions[];
  /** How many of the last requests `requests()` returns; 1,000 by default. */
  readonly keepRequests?: number;
}

const limitNames = Object.keys(defaultLimits);

const organizationChecks: OptionChecks<StartOrganizationOptions> = {
  seed: record.optional(),
  fixture: text.optional(),
  provisioned: flag.optional(),
  at: step.optional(),
  organizationId: text.optional(),
  token: text.optional(),
};

const checks: OptionChecks<StartServerOptions> = {
  ...organizationChecks,
  organizations: list.optional(),
  host: text.optional(),
  port: port.optional(),
  strict: flag.optional(),
  behaviour: record.optional(),
  faults: list.optional(),
  faultSeed: z.number({ error: "a number" }).optional(),
  keepRequests: count(0).optional(),
  control: flag.optional(),
  limits: z
    .record(z.string(), count(0), { error: `an object with these keys: ${limitNames.join(", ")}` })
    .optional(),
  onServed: callback.optional(),
  onExchange: callback.optional(),
  onFault: callback.optional(),
  now: callback.optional(),
  randomBytes: callback.optional(),
  wait: callback.optional(),
};

const defaultKeepRequests = 1_000;

/**
 * Starts a local Astro on a port of its own. Two servers in one process share nothing.
 * @throws AppError invalid-file, for the fixture; usage, for options that do not exist, are wrong or do not go
 * together; Error with `code` EADDRINUSE or EACCES where a port that was asked for cannot be had
 */
export async function startServer(options: StartServerOptions = {}): Promise<AstroServer> {
  checkOptions<StartServerOptions>("startServer", options, checks);
  requireKnownOptions("startServer", options.limits ?? {}, limitNames, "limits.");
  const { organizations = [] } = options;
  const others: OrganizationOptions[] = [];
  for (const [position, other] of organizations.entries()) {
    const within = `organizations[${position}]`;
    checkOptions<StartOrganizationOptions>("startServer", other, organizationChecks, within);
    others.push(await organizationOf(other));
  }
  const first = await organizationOf(options);
  const { fixture: _fixture, provisioned: _provisioned, at: _at, seed: _seed, ...given } = options;
  return start({ keepRequests: defaultKeepRequests, ...given, ...first, organizations: others });
}

/** @throws AppError invalid-file, for the fixture; usage, for options that do not go together */
async function organizationOf(options: StartOrganizationOptions): Promise<OrganizationOptions> {
  const { fixture, provisioned, at, seed, organizationId, token } = options;
  const identity = {
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(token === undefined ? {} : { token }),
  };
  if (fixture === undefined) {
    if (provisioned === true || at !== undefined) {
      throw new AppError("usage", "provisioned and at need a fixture.");
    }
    return seed === undefined ? identity : { ...identity, seed: readSeed(seed) };
  }
  if (seed !== undefined) {
    throw new AppError("usage", "fixture and seed cannot be used together.", { hint: "Keep one of them." });
  }
  if (at !== undefined && provisioned !== true) throw new AppError("usage", "at needs provisioned.");
  const loaded = await loadFixture(programIo(), fixture);
  return {
    organizationId: loaded.organization,
    ...identity,
    seed: fixtureSeed(loaded, { provisioned, at }),
  };
}
