/** The engine for programs: a local Astro inside a test, a rehearsal, a comparison. */

export { AppError, type AppErrorCode } from "./ground/errors.ts";
export {
  startServer,
  type StartOrganizationOptions,
  type StartServerOptions,
} from "./programs/start-server.ts";
export type { AstroServer, ServedOrganization } from "./server/start.ts";
export type { Behaviour, BehaviourChoice, BehaviourName } from "./astro/behaviour/table.ts";
export type { ServedRequest } from "./server/log/observation.ts";
export type { ReceivedExchange } from "./server/log/received.ts";
export type { ServedSettings, ServedState, ServedTeam, ServedUser } from "./server/control/state.ts";
export type { FaultControl, FaultStatus } from "./server/faults/faults.ts";
export type { FaultSettings } from "./fault/fault.ts";
export type { FaultSpec } from "./fault/parse-faults.ts";
export type { HttpLimits } from "./server/http/limits.ts";
export type {
  AstroSeed,
  SeedCustomRole,
  SeedDagRole,
  SeedDeployment,
  SeedManagedDomain,
  SeedOrganization,
  SeedRoles,
  SeedTeam,
  SeedUser,
  SeedWorkspace,
} from "./astro/seed.ts";
export type {
  DagRole,
  DeploymentRole,
  OrganizationRole,
  WorkspaceRole,
  WorkspaceRoleName,
} from "./astro/roles.ts";
export type { StartOrganization, StartSeed, StartTeam, StartUser } from "./programs/seed.ts";
export { simulate, type SimulateOptions, type SimulateResult } from "./programs/simulate.ts";
export type { Comparison, SimulationResult } from "./simulation/simulate.ts";
export type { SimulationStatus } from "./simulation/status.ts";
export type { ExitStatus } from "./ground/exit-status.ts";
export type { StepResult } from "./idp/timeline/timeline.ts";
export type { UnmetExpectation } from "./idp/run/unmet-expectation.ts";
export type { JobReport, Observation, RunEvent, RunSummary } from "./idp/run/events.ts";
export type { Task } from "./idp/run/task.ts";
export type { EntraFidelity, OktaFidelity } from "./fidelity/table.ts";
export type { ResponsibleFor } from "./astro/responsibility.ts";
export { diff, type DiffOptions } from "./programs/diff.ts";
export type { Compared, Drift } from "./drift/compare/diff.ts";
export type { SsoOnlyEntry } from "./drift/compare/users/sso-only.ts";
export type { Change, Member } from "./drift/compare/change.ts";
export type { HeldTeam, HeldUser } from "./astro/held.ts";
export type { AstroTeam, ExpectedUser } from "./astro/state.ts";
