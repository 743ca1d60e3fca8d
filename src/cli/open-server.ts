/** Warns that `serve` listens on more than loopback. */

import type { AstroServer } from "../server/start.ts";

/** Undefined if only this machine reaches the server. */
export function openServerWarning(
  { isLocal, port, controlUrl }: Pick<AstroServer, "isLocal" | "port" | "controlUrl">,
  host: string,
): string | undefined {
  if (isLocal) return undefined;
  const control =
    controlUrl === undefined
      ? ""
      : "  - The token also gives access to /_control/: faults, requests, state and reset. --no-control disables it.\n";
  return (
    `Warning: other machines can reach this server, because it listens on ${host}.\n` +
    `  - Anyone who can reach port ${port} of this machine can try tokens. With the right one they can read and\n` +
    "    change all data of the server. Do not use a token that can be guessed.\n" +
    control +
    "  - The traffic is plain HTTP: the token and all data can be read on the network. Put a TLS proxy in front.\n" +
    "  Without --host, only this machine can connect.\n"
  );
}
