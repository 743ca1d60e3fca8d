/** Everything that a company says: in users, groups, mappings and settings. */

import type { Fixture } from "../fixture/fixture.ts";

export function textsIn({ app, start, protect }: Fixture): readonly string[] {
  const texts: string[] = [...protect];
  const collect = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (typeof value === "number") texts.push(String(value));
    else if (typeof value === "object" && value !== null) {
      for (const one of Object.values(value)) collect(one);
    }
  };
  for (const { key, objectId, profile } of start.users.values()) {
    collect([key, objectId, ...Object.values(profile)]);
    texts.push(...Object.keys(profile));
  }
  for (const { key, name, teamName = name, objectId } of start.groups.values()) {
    texts.push(key, name, teamName, objectId);
  }
  const { fidelity: _, ...settings } = app;
  collect(settings);
  return texts;
}
