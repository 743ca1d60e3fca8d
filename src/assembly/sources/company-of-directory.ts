/** A directory that was read from somewhere, as what a fixture is: it can be rehearsed, served and written down. */

import type { ProvidedDirectory } from "../../directory/source.ts";
import { exampleOrganization, type Fixture } from "../../fixture/fixture.ts";

/** With an empty timeline, and an Astro that holds nothing beforehand; `name` is what messages call it. */
export function companyOfDirectory(provided: ProvidedDirectory, name: string): Fixture {
  const { directory, app, protect, responsibleFor } = provided;
  return {
    file: name,
    shipped: false,
    app,
    organization: exampleOrganization,
    start: directory,
    astro: { users: [], teams: [] },
    protect,
    ...(responsibleFor === undefined ? {} : { responsibleFor }),
    timeline: [],
  };
}
