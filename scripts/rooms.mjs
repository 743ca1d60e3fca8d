// The rooms of src/, lowest first, and what each may import: one table for `npm run lint` and for docs/architecture.md.
// A room is a folder or a file; what lies in a room of its own is no part of the room around it. It may import the rooms it
// names, which all stand above it in this table, so imports point one way and make no circle.

export const rooms = [
  {
    room: "ground",
    holds:
      "what belongs to no subject: JSON as types, the one error class, names and lists in text, maps that share what stays the same",
    imports: [],
  },
  {
    room: "choices",
    holds: "questions with a closed set of answers, as tables: how an answer is read and checked",
    imports: ["ground"],
  },
  {
    room: "wire",
    holds: "a request and its answer as plain values; what must never be shown",
    imports: ["ground"],
  },
  {
    room: "world",
    holds: "the world as a port: clock, timers, randomness, disk, streams, environment",
    imports: ["ground", "wire"],
    node: ["node:*"],
  },
  {
    room: "patterns",
    holds:
      "regular expressions that a fixture brings along: in RE2 where it can read them, otherwise within a time limit",
    imports: ["ground"],
    packages: ["re2js"],
    node: ["node:vm", "node:process"],
  },
  {
    room: "scim",
    holds: "SCIM 2.0: schemas as data, paths, filters, PATCH, PUT, projection, paging, errors",
    imports: ["ground"],
  },
  {
    room: "fault",
    holds:
      "what goes wrong on purpose: how a fault is written and read, latency distributions, repeatable chance",
    imports: ["ground"],
  },
  {
    room: "fidelity",
    holds: "what is uncertain about Okta and Entra ID, as tables of choices",
    imports: ["ground", "choices"],
  },
  {
    room: "astro/behaviour",
    holds: "how the local Astro behaves where nothing public says, as tables of choices",
    imports: ["choices"],
  },
  {
    room: "astro",
    holds:
      "Astro's users and Teams as one state that both sides of a comparison share; its attributes; the port of reads and writes",
    imports: ["ground", "scim", "astro/behaviour", "fault"],
  },
  {
    room: "directory",
    holds:
      "the state of an identity provider, what an administrator does to it over time, how the app is set up; the port of directory sources",
    imports: ["ground", "fidelity"],
  },
  {
    room: "http",
    holds: "our own client: undici, retries, pace, proxies, limits",
    imports: ["ground", "wire"],
    packages: ["undici"],
    node: ["node:events", "node:net", "node:stream", "node:tls", "node:zlib"],
  },
  {
    room: "astro/api",
    holds: "reads and writes Astro over SCIM, through a `Send`",
    imports: ["ground", "wire", "scim", "astro"],
    packages: ["zod"],
    node: ["node:crypto"],
  },
  { room: "recording", holds: "exchanges as an HTTP Archive", imports: ["ground", "wire"] },
];
