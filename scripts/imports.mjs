// Which imports of src/ the table of rooms refuses, and why. Pure: the caller reads the files.

import { posix } from "node:path";
import { markdownTable } from "./markdown-table.mjs";

/** The room of a path below src/: the innermost one that the path lies in. Undefined outside all rooms. */
export function roomOf(rooms, path) {
  return rooms
    .filter(({ room }) => path === room || path.startsWith(`${room}/`))
    .toSorted((a, b) => b.room.length - a.room.length)[0];
}

/** As the formatter writes them: a statement at the beginning of a line, or `import("…")` anywhere. */
const importOrExport = /^(?:import|export)\s(?:[^"';]*\sfrom\s)?"([^"\n]+)"|\bimport\(\s*"([^"\n]+)"/gm;

/** What a text of TypeScript imports or exports again, types and `await import` included. */
export function specifiersIn(text) {
  return [...text.matchAll(importOrExport)].map(([, specifier, loaded]) => specifier ?? loaded);
}

/** One sentence for each import that is not allowed. `path` is below src/: `idp/okta/service.ts`. */
export function refusedImports(rooms, { path, text }) {
  const from = roomOf(rooms, path);
  if (from === undefined) return [`src/${path} lies in no room. Add its folder to scripts/rooms.mjs.`];
  return specifiersIn(text).flatMap((specifier) => {
    const why = specifier.startsWith(".")
      ? refusalOfRoom(rooms, from, posix.join(posix.dirname(path), specifier))
      : refusalOfModule(from, specifier);
    return why === undefined ? [] : [`src/${path} imports ${specifier}: ${why}`];
  });
}

function refusalOfModule({ room, node = [], packages = [] }, specifier) {
  if (specifier.startsWith("node:")) {
    if (node.includes(specifier) || node.includes("node:*")) return undefined;
    return `${room} may not use this module of Node. Hand in what it needs, from world.`;
  }
  return packages.includes(specifier) ? undefined : `${room} may not use this package.`;
}

function refusalOfRoom(rooms, from, target) {
  const to = roomOf(rooms, target);
  if (to === undefined) return `src/${target} lies in no room.`;
  if (to === from) return from.apart === true ? `files of ${to.room} do not import each other.` : undefined;
  if (from.imports.includes(to.room)) return undefined;
  return `${from.room} may not import ${to.room} (docs/architecture.md).`;
}

/** What is wrong with the table itself: a room that imports one that does not stand above it. */
export function mistakesIn(rooms) {
  const above = new Set();
  return rooms.flatMap(({ room, imports }) => {
    const wrong = imports.filter((name) => !above.has(name));
    above.add(room);
    return wrong.map((name) => `${room} imports ${name}, which does not stand above it`);
  });
}

/** Imports that the table allows and no file has. */
export function unusedImports(rooms, files) {
  const used = new Set();
  for (const { path, text } of files) {
    const from = roomOf(rooms, path)?.room;
    for (const specifier of specifiersIn(text)) {
      const target = specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : undefined;
      used.add(`${from} ${target === undefined ? specifier : roomOf(rooms, target)?.room}`);
    }
  }
  return rooms.flatMap(({ room, imports, packages = [], node = [] }) =>
    [...imports, ...packages, ...node.filter((name) => name !== "node:*")]
      .filter((name) => !used.has(`${room} ${name}`))
      .map((name) => `${room} may import ${name}, and no file of it does`),
  );
}

/** Files that lead back to themselves by what they import at their beginning, types included: each circle once. */
export function circlesIn(files) {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const state = new Map();
  const circles = [];
  const visit = (path, way) => {
    if (state.get(path) === "done") return;
    if (state.get(path) === "open") return circles.push([...way.slice(way.indexOf(path)), path].join(" -> "));
    state.set(path, "open");
    for (const target of importedBy(path, texts.get(path) ?? "")) visit(target, [...way, path]);
    state.set(path, "done");
  };
  for (const { path } of files) visit(path, []);
  return circles;
}

/** What is loaded with `await import` is loaded later, when its circle is complete. */
function importedBy(path, text) {
  return [...text.matchAll(importOrExport)]
    .flatMap(([, specifier]) => (specifier?.startsWith(".") ? [specifier] : []))
    .map((specifier) => posix.join(posix.dirname(path), specifier));
}

/** The table as docs/architecture.md shows it. */
export function roomsTable(rooms) {
  return markdownTable(
    ["room", "what it holds", "may import"],
    rooms.map(({ room, holds, imports, packages = [], node = [] }) => {
      const names = [...imports, ...packages.map((name) => `_${name}_`)];
      return [`\`${room}\``, holds, [...names, ...(node.length > 0 ? ["Node"] : [])].join(", ")];
    }),
  );
}

const [start, end] = ["<!-- rooms: made by scripts/write-rooms.mjs -->", "<!-- end of rooms -->"];

/** The page with the table between its two marks. */
export function withRoomsTable(page, rooms) {
  const [before = "", rest = ""] = page.split(start);
  const [, after = ""] = rest.split(end);
  return `${before}${start}\n\n${roomsTable(rooms)}\n${end}${after}`;
}
