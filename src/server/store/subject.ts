/** Who did something, as Astro names it (`BasicSubjectProfile` of its API). */

/** A user, or an API token (`SERVICEKEY`), with the names that they had then. */
export type Subject =
  | { readonly kind: "token"; readonly id: string; readonly name: string }
  | {
      readonly kind: "user";
      readonly id: string;
      readonly username: string;
      readonly fullName: string;
      readonly avatarUrl: string;
    };
