/** What Terraform can own of Astro's users and Teams (provider astronomer/astro). */

export type TerraformResource =
  | {
      readonly type: "astro_team";
      /** `module.teams.astro_team.data[0]`. */
      readonly address: string;
      /** Undefined for a Team that a plan is to create. */
      readonly id: string | undefined;
      readonly name: string;
      /** Undefined where the resource leaves the members alone; empty where they are known only after an apply. */
      readonly memberIds: readonly string[] | undefined;
    }
  /** Ids that are known only after an apply are undefined. */
  | {
      readonly type: "astro_team_membership";
      readonly address: string;
      readonly teamId: string | undefined;
    }
  | { readonly type: "astro_team_roles"; readonly address: string; readonly teamId: string | undefined }
  | { readonly type: "astro_user_roles"; readonly address: string; readonly userId: string | undefined };
