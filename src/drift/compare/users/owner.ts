/** Which role makes a user an owner of the organization, on any server. */

/**
 * True for `ORGANIZATION_OWNER` (Astro docs: User permissions reference) and the spellings that other servers give:
 * `Organization Owner`, `org-owner`, `organizationOwner`, `Owner`, a URN that ends so, one of several in a list. A
 * Workspace's or a Deployment's owner is not one.
 */
export function isOrganizationOwner(role: string): boolean {
  return role
    .normalize("NFKC")
    .split(/[,;|()[\]]+/)
    .some(endsWithOwner);
}

const ofOrganization: ReadonlySet<string | undefined> = new Set([
  undefined,
  "organization",
  "organisation",
  "org",
]);

function endsWithOwner(role: string): boolean {
  const words = role
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  return last === "owner" ? ofOrganization.has(words.at(-2)) : /^org(?:ani[sz]ation)?owner$/.test(last);
}
