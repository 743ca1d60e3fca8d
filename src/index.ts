/** The engine for programs: a local Astro inside a test. */

export { startServer, type AstroServer, type StartServerOptions } from "./server/start.ts";
export type { ServedRequest } from "./server/http.ts";
export type { AstroSeed, OrganizationRole, SeedTeam, SeedUser } from "./astro/seed.ts";
