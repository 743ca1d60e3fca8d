/** Carries changes out on what the in-memory store holds: all or none, and within one turn. */

import type { RowChange } from "../rows.ts";
import type { Contents } from "./contents.ts";
import type { EventList } from "./event-list.ts";
import { asSmallInteger, attributesOf, bodyOf, recordOf } from "./record.ts";

/** @throws ScimError 413 for a row that is too large; nothing is changed then */
export function commit(contents: Contents, events: EventList, changes: readonly RowChange[]): void {
  // What can fail comes first.
  const bodies = changes.map((change) =>
    change.kind === "put" ? bodyOf(change.type, change.row.attributes) : "",
  );
  changes.forEach((change, at) => {
    switch (change.kind) {
      case "put":
        return put(contents, change, bodies[at] ?? "");
      case "delete":
        return remove(contents, change);
      case "touch":
        return contents.touch(change.type, change.ids, change.modifiedMs);
      case "members":
        return move(contents, change);
      case "own":
        return contents.ownParts.give(change.id, change.own);
      case "organization":
        contents.organization = change.row;
        return;
      case "event":
        return events.append(change.event);
    }
  });
}

function move({ memberships, madeMs }: Contents, { teamId, left, joined, atMs }: Change<"members">): void {
  for (const id of left) memberships.leave(teamId, id);
  for (const id of joined) memberships.join(teamId, id, asSmallInteger(atMs - madeMs));
}

type Change<Kind extends RowChange["kind"]> = Extract<RowChange, { readonly kind: Kind }>;

function put(contents: Contents, { type, row, before }: Change<"put">, body: string): void {
  const { records, indexes } = contents.shelves[type];
  const record = recordOf(contents.contexts[type], row, body);
  const held = records.get(row.id);
  if (held === undefined) records.add(record);
  else Object.assign(held, record);
  contents.ownParts.give(row.id, row.own);
  indexes.move(row.id, before?.attributes, row.attributes);
}

function remove(contents: Contents, { type, row: { id } }: Change<"delete">): void {
  const { records, indexes } = contents.shelves[type];
  const record = records.get(id);
  if (record === undefined) return;
  indexes.move(id, attributesOf(type, record), undefined);
  records.delete(id);
  contents.ownParts.forget(id);
}
