/** Cases of the rows on attribute paths and filters. */

import type { filterRows } from "../../../src/astro/behaviour/filters.ts";
import {
  core,
  enterprise,
  made,
  userBody,
  verdict,
  type BehaviourCases,
} from "../../support/behaviour-case.ts";
import type { ScimClient } from "../../support/scim-client.ts";

const researcher = userBody({
  schemas: [core, enterprise],
  emails: [{ value: "ada@example.com", type: "work" }],
  [enterprise]: { department: "Research" },
});

/** How many users a filter finds, or why it is refused. */
async function found(client: ScimClient, filter: string): Promise<unknown> {
  const answering = client.get(`/Users?filter=${encodeURIComponent(filter)}`);
  const { status, body } = await answering;
  return status === 200 ? body.totalResults : verdict(answering);
}

/** The same of a filter over one user who is there. */
const foundAmongOne =
  (filter: string) =>
  async (client: ScimClient): Promise<unknown> => {
    await made(client.post("/Users", researcher));
    return found(client, filter);
  };

export const filterCases: BehaviourCases<typeof filterRows> = {
  extensionWithoutUrn: {
    ask: async (client) => {
      const id = await made(client.post("/Users", researcher));
      const change = { op: "replace", path: "department", value: "Ships" };
      return [
        await found(client, 'department eq "Research"'),
        await verdict(client.get("/Users?sortBy=department")),
        Object.hasOwn((await client.get(`/Users/${id}?attributes=department`)).body, enterprise),
        await verdict(client.patch(`/Users/${id}`, change)),
      ];
    },
    answers: {
      accept: [1, "200", true, "200"],
      refuse: ["400 invalidFilter", "400 invalidValue", false, "400 invalidPath"],
    },
  },
  unquotedValues: {
    ask: foundAmongOne("userName sw ad"),
    answers: { accept: 1, refuse: "400 invalidFilter" },
  },
  comparisonBehindBrackets: {
    ask: foundAmongOne('emails[type eq "work"].value eq "ada@example.com"'),
    answers: { accept: 1, refuse: "400 invalidFilter" },
  },
};
