/** Who did something, as Astro's own API shows it (Astro API reference: BasicSubjectProfile). */

import type { JsonObject } from "../../../ground/json.ts";
import type { Subject } from "../../store/subject.ts";

export function subjectJson(subject: Subject): JsonObject {
  const { id } = subject;
  if (subject.kind === "token") return { id, subjectType: "SERVICEKEY", apiTokenName: subject.name };
  const { username, fullName, avatarUrl } = subject;
  return { id, subjectType: "USER", username, fullName, avatarUrl };
}
