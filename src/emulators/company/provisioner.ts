/** The provider's work in the background: what it was asked for, one thing after the other. */

import type { AppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import type { ProviderWorld } from "../../idp/provider-world.ts";
import type { ActionDone } from "../../idp/provisioning-service.ts";
import type { Provisioning } from "./provisioning.ts";
import { openProvisioning } from "./provisioning.ts";
import { workQueue } from "./work-queue.ts";

export interface Provisioner {
  /** Of the service as it is now. */
  readonly current: () => Provisioning;
  /** The provider looks at everything; one that works in cycles begins a cycle. */
  readonly begin: () => void;
  /** An administrator did something, which has made this directory. */
  readonly act: (after: Directory, done: ActionDone) => void;
  /** The next cycle, of the directory as it is when its turn comes. */
  readonly cycle: () => void;
  /** Other settings, from now on. */
  readonly change: (app: AppSettings) => void;
  readonly isPaused: () => boolean;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly isBusy: () => boolean;
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ProvisionerOptions {
  readonly app: AppSettings;
  /** As it is now. */
  readonly directory: () => Directory;
  readonly world: ProviderWorld;
  /** Told why the provider could not do what it was asked for. */
  readonly onError: (error: unknown) => void;
}

export function createProvisioner({ app, directory, world, onError }: ProvisionerOptions): Provisioner {
  const queue = workQueue(onError);
  let provisioning = openProvisioning(app, undefined, world);
  const { worksInCycles } = provisioning;
  let isPaused = false;
  const unlessPaused = (work: () => Promise<unknown>) => async (): Promise<void> => {
    if (!(worksInCycles && isPaused)) await work();
  };
  const begin = (): void => queue.add(unlessPaused(() => provisioning.service.begin(directory())));
  return {
    current: () => provisioning,
    begin,
    act: (after, done) => queue.add(() => provisioning.service.act(after, done)),
    cycle: () => {
      if (worksInCycles) queue.add(unlessPaused(() => provisioning.service.settle(directory())));
    },
    change: (next) =>
      queue.add(async () => {
        provisioning = openProvisioning(next, provisioning.service.snapshot(), world);
      }),
    isPaused: () => isPaused,
    pause: () => {
      isPaused = true;
      if (!worksInCycles) queue.pause();
    },
    resume: () => {
      if (!isPaused) return;
      isPaused = false;
      if (worksInCycles) begin();
      else queue.resume();
    },
    isBusy: queue.isBusy,
    settled: queue.settled,
    close: queue.close,
  };
}
