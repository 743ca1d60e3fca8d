/** Who may send: so many at a time, the others in their order. */

export interface Turns {
  /** Resolves to true with a turn, which must be given back; to false where the wait was called off. */
  take(): Promise<boolean>;
  giveBack(): void;
  /** Calls off every wait; turns that were taken stay taken. */
  callOff(): void;
  /** Resolves once no turn is taken. */
  idle(): Promise<void>;
}

export function createTurns(count: number): Turns {
  let taken = 0;
  let waiting: ((granted: boolean) => void)[] = [];
  let idlers: (() => void)[] = [];
  return {
    take: async () => {
      if (taken >= count) return new Promise((resolve) => waiting.push(resolve));
      taken += 1;
      return true;
    },
    giveBack: () => {
      const next = waiting.shift();
      if (next !== undefined) return next(true);
      taken -= 1;
      if (taken > 0) return undefined;
      for (const resolve of idlers) resolve();
      idlers = [];
      return undefined;
    },
    callOff: () => {
      for (const resolve of waiting) resolve(false);
      waiting = [];
    },
    idle: async () => {
      if (taken > 0) await new Promise<void>((resolve) => idlers.push(resolve));
    },
  };
}
