/** The engine for programs: a local Astro inside a test, a rehearsal, a comparison. */

export { AppError, type AppErrorCode } from "./ground/errors.ts";
export { startServer, type StartServerOptions } from "./programs/start-server.ts";
export type { AstroServer } from "./server/start.ts";
export type { Behaviour, BehaviourChoice, BehaviourName } from "./astro/behaviour/table.ts";
export type { ServedRequest } from "./server/log/observation.ts";
export type { ReceivedExchange } from "./server/log/received.ts";
export type { ServedState, ServedTeam, ServedUser } from "./server/control/state.ts";
export type { FaultControl, FaultStatus } from "./server/faults/faults.ts";
export type { FaultSettings } from "./fault/fault.ts";
export type { FaultSpec } from "./fault/parse-faults.ts";
export type { HttpLimits } from "./server/http/limits.ts";
export type { AstroSeed, OrganizationRole, SeedTeam, SeedUser } from "./astro/seed.ts";
export { simulate, type SimulateOptions } from "./programs/simulate.ts";
export type { SimulationResult } from "./simulation/simulate.ts";
export type { EntraFidelity, OktaFidelity } from "./fidelity/table.ts";
export type { ResponsibleFor } from "./astro/responsibility.ts";
export { diff, type DiffOptions } from "./programs/diff.ts";
export type { Drift } from "./drift/compare/diff.ts";
export type { Change } from "./drift/compare/change.ts";
