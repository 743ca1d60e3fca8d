/** Another SCIM server as the directory: a connection of its own to it, that only reads. */

import { formatCount } from "../../ground/text/quantities.ts";
import { withReadOnly } from "../../http/read-only.ts";
import { withRetry } from "../../http/retry.ts";
import { createSender } from "../../http/send.ts";
import { scimSource } from "../../sources/scim/scim-source.ts";
import type { ScimTarget } from "../../target/directory/find-scim.ts";
import type { Io } from "../../world/io.ts";
import { userAgent, watched } from "./watched.ts";
import type { OpenSource, SourceRun } from "./prepared-source.ts";

const connections = 4;

export function openScim(io: Io, run: SourceRun, { url, token }: ScimTarget): OpenSource {
  const sender = createSender({
    baseUrl: url,
    token,
    timeoutMs: run.timeoutMs,
    timers: io.timers,
    connections,
    signal: run.signal,
    userAgent,
    proxyEnv: io.env,
    ...(run.caPem === undefined ? {} : { caPem: run.caPem }),
  });
  const reads = withReadOnly(sender.send, "The directory");
  const send = withRetry(watched(io, run, { send: reads, baseUrl: url, secrets: () => [token] }), {
    now: io.clock.now,
    sleep: io.timers.wait,
    random: io.random.number,
    signal: run.signal,
    onWait: run.onWait,
  });
  const source = scimSource({
    url,
    send,
    concurrency: connections,
    onPage: (endpoint, read, total) =>
      run.onProgress(
        `reading ${endpoint.slice(1)} of the directory: ${formatCount(read)}${total === undefined ? "" : ` of ${formatCount(total)}`}`,
      ),
  });
  return { source, close: () => sender.close() };
}
