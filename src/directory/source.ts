/** Where a directory comes from: a port, of which a fixture is the first. */

import type { StatedResponsibility } from "../astro/responsibility.ts";
import type { AppSettings } from "./app-settings.ts";
import type { Directory } from "./directory.ts";
import type { AssumedSetting, NotEvaluated, ProviderFinding } from "./provider-finding.ts";
import type { ShownSetup } from "./shown-setup.ts";

/** An identity provider's side of a comparison. It is complete: a source that cannot read everything throws. */
export interface ProvidedDirectory {
  readonly directory: Directory;
  /** How the Astro app is set up in the provider. */
  readonly app: AppSettings;
  /** userNames and Team names that no repair touches. */
  readonly protect: readonly string[];
  /** Which accounts and Teams the directory is responsible for; everything unless it is stated. */
  readonly responsibleFor?: readonly StatedResponsibility[] | undefined;
  /** What the provider remembers of the target; undefined where nothing says what it remembers. */
  readonly remembered: ProviderLinks | undefined;
  /** What a live provider says of its own provisioning; a file says nothing. */
  readonly findings?: readonly ProviderFinding[];
  /** Mappings of the live app that are left out of `app`, because they cannot be evaluated. */
  readonly notEvaluated?: readonly NotEvaluated[];
  /** Why the app provides no groups at all, so that Teams are not compared: a clause. */
  readonly noTeams?: string;
  /** Settings of the live app that nobody can read, and what is assumed of them. */
  readonly assumed?: readonly AssumedSetting[];
}

/** The accounts and Teams that a provider created or linked. */
export interface ProviderLinks {
  readonly accounts: readonly AccountLink[];
  /** SCIM id of the Team by the object id of its group. */
  readonly teams: ReadonlyMap<string, string>;
  /** Where something failed and the provider does nothing more: why, by object id. */
  readonly stopped: {
    /** Users without a link. */
    readonly users: ReadonlyMap<string, Stopped>;
    /** Groups without a link, and those to whose Team nothing is sent. */
    readonly groups: ReadonlyMap<string, Stopped>;
  };
}

export interface Stopped {
  /** For people: the userName, or the name of the group. */
  readonly name: string;
  /** A clause without its full stop. */
  readonly why: string;
}

/** An account as the provider remembers it. */
export interface AccountLink {
  /** The provider's id of the user. */
  readonly objectId: string;
  /** The userName that the provider sent last. */
  readonly userName: string;
  readonly scimId: string;
}

export interface DirectorySource {
  /** As messages name it, and as `--from` takes it. */
  readonly name: string;
  /**
   * Reads everything. `target` is the SCIM base URL, without Entra's flag, of the Astro whose links are wanted; undefined for
   * the one inside the process, of which no provider remembers anything.
   * @throws AppError where the directory, or what the provider remembers, cannot be read completely
   */
  read(target: string | undefined, signal: AbortSignal): Promise<ProvidedDirectory>;
  /**
   * Reads how the app is set up, and nobody's data; only a live provider can. It also succeeds where `read` does not, because the
   * app provisions nothing.
   * @throws AppError where there is no such app, or it cannot be read
   */
  readSetup?(signal: AbortSignal): Promise<ShownSetup>;
}
