/** `astro-scim api METHOD PATH`: one raw request to Astro's IAM API or to SCIM. */

import { Command } from "commander";
import type { ApiFlags } from "../actions/api.ts";
import type { SetStatus } from "../command.ts";
import { addTargetOptions, repeatable } from "../flags/options.ts";
import type { Io } from "../../world/io.ts";
import { helpText } from "../output/help-text.ts";

export function apiCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("api")
    .description("send one request to Astro's IAM API or to SCIM, and print the answer; or print it for curl")
    // Optional for commander alone, so that the message can say what to write.
    .usage("[options] <method> <path>")
    .argument("[method]", "GET, POST, PUT, PATCH or DELETE")
    .argument("[path]", "/users and /v1/…: IAM; /Users: SCIM")
    .option(
      "--field <name=value>",
      "query parameter, or part of the JSON body; true, false, null and whole numbers are typed (repeatable)",
      repeatable,
    )
    .option("--raw-field <name=value>", "the same, always as text (repeatable)", repeatable)
    .option("--input <file>", "JSON file with the body; - reads standard input")
    .option("--paginate", "read all pages of a list and print them as one")
    .option("--curl", "print the request as a curl command with $ASTRO_API_TOKEN, and send nothing")
    .option("-y, --yes", "send a write without asking")
    .option("--allow-remote", "allow a write to a server that is not on this machine");
  return addTargetOptions(command)
    .option("-q, --quiet", "print only the answer")
    .option("-v, --verbose", "show every request, and stack traces of errors")
    .option(
      "--trace <file>",
      "write every request and answer to this file (.har, else NDJSON), without secrets",
    )
    .addHelpText("after", helpText(io, examples))
    .action(async (method: string | undefined, path: string | undefined, flags: ApiFlags) => {
      const { callApi } = await import("../actions/api.ts");
      setStatus(await callApi(io, { method, path }, flags));
    });
}

const examples = `
Paths: /users is /v1/organizations/ORG/users of the target's organization. /v1/…, /iam/v1beta1/… and /platform/v1beta1/…
are sent as they are, with {organizationId} replaced. /Users, /Groups and other SCIM paths are below the SCIM base URL.

Fields are the query of GET and DELETE, and the body of other requests. name[]=value adds to a list, a[b]=value to an object.

A write is asked for first. There is no plan, no limit and no undo: prefer resync, push-group and delete.

Exit status: 0 answered 2xx; 1 answered another status; 3 no answer, or a read that failed at the server; 4 credentials
refused; 5 refused by a safety rule; 64 wrong usage.

Examples:
  astro-scim api GET /users --paginate
  astro-scim api GET /teams --field names=data-platform
  astro-scim api GET /Users --field 'filter=userName eq "ada@example.com"'
  astro-scim api POST /teams --field name=data-platform --url http://localhost:8888/scim/v2/ORG --token-file token.txt
  astro-scim api POST /teams/TEAM_ID/members --field 'memberIds[]=USER_ID' --curl --org ORG`;
