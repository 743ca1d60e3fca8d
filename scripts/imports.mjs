// Which imports of src/ the table of rooms refuses, and why. Pure: who calls it reads the files.

import { posix } from "node:path";
import { markdownTable } from "./markdown-table.mjs";

/** The room of a path below src/: the longest one that the path lies in. Undefined outside all rooms. */
export function roomOf(rooms, path) {
  return rooms
    .filter(({ room }) => path === room || path.startsWith(`${room}/`))
    .toSorted((a, b) => b.room.length - a.room.length)[0];
}

/** What a text of TypeScript imports or exports again, types and `await import` included. */
export function specifiersIn(text) {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, specifier]) => specifier);
}

/** One sentence for each import that is not allowed. `path` is below src/: `idp/okta/service.ts`. */
export function refusedImports(rooms, { path, text }) {
  const from = roomOf(rooms, path);
  if (from === undefined) return [`src/${path} lies in no room. Add its folder to scripts/rooms.mjs.`];
  return specifiersIn(text).flatMap((specifier) => {
    const why = refusal(rooms, { from, path, specifier });
    return why === undefined ? [] : [`src/${path} imports ${specifier}: ${why}`];
  });
}

function refusal(rooms, { from, path, specifier }) {
  if (specifier.startsWith("node:")) {
    const { node = [] } = from;
    if (node.includes(specifier) || node.includes("node:*")) return undefined;
    return `${from.room} may not use this module of Node. Pass in what it needs, from world/.`;
  }
  if (!specifier.startsWith(".")) {
    const [scopeOrName = "", name] = specifier.split("/");
    const packageName = specifier.startsWith("@") ? `${scopeOrName}/${name}` : scopeOrName;
    return from.packages?.includes(packageName) ? undefined : `${from.room} may not use this package.`;
  }
  const target = posix.join(posix.dirname(path), specifier);
  const to = roomOf(rooms, target);
  if (to === undefined) return `src/${target} lies in no room.`;
  if (to === from || from.imports.includes(to.room)) return undefined;
  return `${from.room} may not import ${to.room}. Imports point one way: see docs/architecture.md.`;
}

/** What is wrong with the table itself: a room that imports what does not stand above it. */
export function mistakesInTable(rooms) {
  const above = new Set();
  return rooms.flatMap(({ room, imports }) => {
    const wrong = imports.filter((name) => !above.has(name));
    above.add(room);
    return wrong.map((name) => `${room} imports ${name}, which does not stand above it`);
  });
}

/** How many rooms stand on top of each other at most. */
export function floorsOf(rooms) {
  const floors = new Map();
  for (const { room, imports } of rooms) {
    floors.set(room, 1 + Math.max(0, ...imports.map((name) => floors.get(name))));
  }
  return floors;
}

/** The table as docs/architecture.md shows it. */
export function roomsSection(rooms) {
  return markdownTable(
    ["room", "what it holds", "may import"],
    rooms.map(({ room, holds, imports, packages = [], node = [] }) => [
      `\`${room}\``,
      holds,
      [
        ...imports.map((name) => `\`${name}\``),
        ...packages.map((name) => `_${name}_`),
        ...(node.length > 0 ? ["Node"] : []),
      ].join(", "),
    ]),
  );
}
