/** Which role makes somebody an owner of the organization, whoever's server says it. */

/**
 * True for `ORGANIZATION_OWNER` (Astro docs: User permissions reference) and the spellings that other servers give:
 * `Organization Owner`, `org-owner`, `Owner`. A Workspace's or a Deployment's owner is none.
 */
export function isOrganizationOwner(role: string): boolean {
  const words = role
    .trim()
    .toLowerCase()
    .split(/[\s_.:/-]+/);
  return (
    words.at(-1) === "owner" && words.slice(0, -1).every((word) => word === "organization" || word === "org")
  );
}
