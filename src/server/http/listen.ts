/** Where a server listens, and how it stops. */

import type { AddressInfo, Server } from "node:net";
import type { Timers } from "../../world/world.ts";
import { reachOf, type Reach } from "./reachable.ts";

/** What of the HTTP application is needed here. */
interface App {
  readonly server: Server & { closeAllConnections(): void };
  listen(at: { readonly host: string; readonly port: number }): Promise<unknown>;
  /** Answers what is in flight. */
  close(): Promise<unknown>;
}

/** @throws Error with `code` EADDRINUSE or EACCES where the port cannot be had */
export async function listen(
  app: App,
  host: string,
  port: number,
): Promise<Reach & { readonly port: number }> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = addressOf(app);
  return { ...reachOf(host, address), port: address.port };
}

/** A client that does not take its answer, or waits for a long list, cannot keep the server from stopping. */
export async function closeWithin(app: App, ms: number, timers: Timers): Promise<void> {
  const stopTimeout = timers.startTimeout(ms, () => app.server.closeAllConnections());
  try {
    await app.close();
  } finally {
    stopTimeout();
  }
}

function addressOf(app: App): AddressInfo {
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("the server is not listening");
  return address;
}
