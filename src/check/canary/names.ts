/** The names of canaries: by them a later run finds what an earlier one had to leave, and nothing else. */

/** What every name of a canary begins with. */
export const canaryPrefix = "astro-scim-check-";

export interface CanaryNames {
  readonly userName: string;
  readonly teamName: string;
  /** The Team's name after it was renamed. */
  readonly newTeamName: string;
}

/** Of a run that has this random UUID; nobody receives mail at `example.com` (RFC 2606 §3). */
export function canaryNames(uuid: string, domain: string = "example.com"): CanaryNames {
  const run = uuid.replaceAll("-", "").slice(0, 16).toLowerCase();
  const teamName = `${canaryPrefix}${run}`;
  return { userName: `${teamName}@${domain}`, teamName, newTeamName: `${teamName}-renamed` };
}

/** The whole form, so that a person or a Team with a similar name is none. */
export function isCanaryUser(userName: string): boolean {
  return /^astro-scim-check-[0-9a-f]{16}@[^@\s]+$/i.test(userName);
}

export function isCanaryTeam(displayName: string): boolean {
  return /^astro-scim-check-[0-9a-f]{16}(?:-renamed)?$/i.test(displayName);
}
