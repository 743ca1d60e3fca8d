/** The flags of `setup`. */

import type { SetupIntegration } from "../../setup/answers.ts";
import type { SourceFlags } from "../flags/directory-options.ts";
import type { OutputFlags, TargetFlags } from "../flags/options.ts";

export interface SetupFlags extends TargetFlags, SourceFlags, OutputFlags {
  readonly integration?: SetupIntegration;
  readonly mailAttribute?: string;
  readonly ssoAttribute?: string;
  readonly usersOnly?: boolean;
  readonly teams?: boolean;
  readonly yes?: boolean;
  readonly saveProfile?: string;
  readonly check?: boolean;
  /** Entra ID: the Tenant URL as it is in the console. */
  readonly tenantUrl?: string;
}
