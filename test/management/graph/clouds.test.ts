/** The hosts of Microsoft's clouds (Microsoft Graph: National cloud deployments). */

import { expect, test } from "vitest";
import { cloudHosts, entraClouds } from "../../../src/management/graph/clouds.ts";

test.each([
  ["global", "login.microsoftonline.com", "graph.microsoft.com"],
  ["us-government", "login.microsoftonline.us", "graph.microsoft.us"],
  ["us-government-dod", "login.microsoftonline.us", "dod-graph.microsoft.us"],
  ["china", "login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn"],
] as const)("%s", (cloud, login, graph) => {
  expect(cloudHosts[cloud]).toEqual({ login: `https://${login}`, graph: `https://${graph}` });
});

test("all of them", () => {
  expect(Object.keys(cloudHosts)).toEqual([...entraClouds]);
});
