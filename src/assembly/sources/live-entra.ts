/** A live Entra ID: the connection to Microsoft Graph, the source that reads it, and repairs through it. */

import type { ProvidedDirectory } from "../../directory/source.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { graphVersion } from "../../management/graph/clouds.ts";
import { graphDialect } from "../../management/graph/dialect.ts";
import { entraHistory } from "../../sources/entra/history/entra-history.ts";
import { entraSource } from "../../sources/entra/entra-source.ts";
import type { EntraTarget } from "../../target/directory/find-entra.ts";
import type { Io } from "../../world/io.ts";
import { entraAuthorizer } from "./entra-authorizer.ts";
import { openEntraWays, type EntraWaysConnection } from "./entra-ways.ts";
import { connectManagement } from "./management-connection.ts";
import type { OpenSource, SourceRun } from "./prepared-source.ts";

export function openEntra(io: Io, run: SourceRun, entra: EntraTarget): OpenSource {
  const { cloud, app, job, stated } = entra;
  const { api, close } = connectManagement(io, run, {
    dialect: graphDialect,
    baseUrl: `${cloud.graph}/${graphVersion}`,
    authorizer: entraAuthorizer(io, run, entra),
  });
  const live = entraSource(api, {
    ...stated,
    app,
    job,
    onProgress: ({ reads, read }) => run.onProgress(`reading ${reads} of Entra ID: ${formatCount(read)}`),
  });
  let provided: ProvidedDirectory | undefined;
  const opened: EntraWaysConnection[] = [];
  return {
    source: {
      ...live,
      read: async (target, signal) => {
        provided = await live.read(target, signal);
        return provided;
      },
    },
    history: entraHistory(api, { ...stated, app, baseUrl: cloud.graph }),
    openWays: async ({ restartsJob = false }) => {
      const ways = await openEntraWays({ io, run, entra, api, restartsJob, provided: () => provided });
      opened.push(ways);
      return ways.ways;
    },
    close: async () => {
      await Promise.all([close(), ...opened.map((one) => one.close())]);
    },
  };
}
