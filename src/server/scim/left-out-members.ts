/** Which members were sent and are not in the Team: in words for the log of requests, and as `report` answers it. */

import type { Projection } from "../../scim/project.ts";
import type { LeftOut, Outcome } from "../organization/outcome.ts";
import type { OrganizationRules } from "../organization/rules.ts";
import type { ServerResponse } from "../api/message.ts";
import type { StoredResource } from "../store/rows.ts";
import { resourceAnswer, showsRelated } from "./answer.ts";
import type { Organization } from "./organization.ts";
import { answerInPieces } from "./pieces.ts";

type Stored = Extract<Outcome, { readonly kind: "stored" }>;

/** Longer than any id of Astro. */
const longestId = 100;

/** `members: User x not found, left out`; nothing where everybody joined. */
export function leftOutDetail({ unknown, inactive }: LeftOut): Pick<ServerResponse, "detail"> {
  const parts = [part(unknown, "not found"), part(inactive, "inactive")].filter((one) => one !== undefined);
  return parts.length === 0 ? {} : { detail: `members: ${parts.join("; ")}` };
}

function part(ids: readonly string[], why: string): string | undefined {
  const [first, ...others] = ids;
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `User ${first.slice(0, longestId)}${more} ${why}, left out`;
}

/** Whether the answer has to show who is in the Team. */
export function mustReport({ leftOut }: Stored, { unknownMember }: OrganizationRules): boolean {
  return unknownMember === "report" && leftOut.unknown.length > 0;
}

/** The answer to a write with the resource as it was read. */
export function writtenAnswer(
  organization: Organization,
  projection: Projection,
  status: number,
  outcome: Stored,
): ServerResponse {
  const { resource, leftOut } = outcome;
  const answer = resourceAnswer(organization, projection, status, resource);
  const isReport = mustReport(outcome, organization.behaviour);
  return { ...(isReport ? withMembers(answer, projection, resource) : answer), ...leftOutDetail(leftOut) };
}

/** The same of an outcome without members, of which there may be 50,000. */
export async function reportAnswer(
  organization: Organization,
  projection: Projection,
  { resource, leftOut }: Stored,
): Promise<ServerResponse> {
  const members = await organization.rows.relatedIds("Group", resource.id);
  const answer = await answerInPieces(organization, projection, resource);
  const shown = members.length === 0 ? withMembers(answer, projection, resource) : answer;
  return { ...shown, ...leftOutDetail(leftOut) };
}

/** RFC 7643 §2.5 holds no list and an empty one for the same; here the empty one is the report. */
function withMembers(
  answer: ServerResponse,
  projection: Projection,
  { related = [] }: Pick<StoredResource, "related">,
): ServerResponse {
  if (related.length > 0 || answer.text === undefined || !showsRelated(projection)) return answer;
  return { ...answer, text: `${answer.text.slice(0, -1)},"members":[]}` };
}
