// `filter=userName eq "…"` among 10,000 users and among 100: looked up, not searched for.

import { startAstro, userNameOf, usersOf } from "./astro.mjs";
import { connectTo } from "./client.mjs";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";

const many = 10_000;
const few = 100;
const lookupsInRound = 40;

export async function userLookup() {
  const [amongMany, amongFew] = [await lookupsAmong(many), await lookupsAmong(few)];
  try {
    const measured = await interleavedRounds(75, { many: amongMany.measure, few: amongFew.measure });
    const perSecond = Math.round(1000 / median(measured.many));
    const name = `userName eq: ${many} users : ${few} users`;
    return [{ name, ...ratioOf(measured.many, measured.few), atMost: 1.3, note: `${perSecond} lookups/s` }];
  } finally {
    await amongMany.stop();
    await amongFew.stop();
  }
}

async function lookupsAmong(count) {
  const astro = await startAstro({ seed: { users: usersOf(count), teams: [] } });
  const client = connectTo(astro);
  // A step that is prime to the count visits users all over the list, the same ones in each round.
  const step = 37;
  const measure = async () => {
    const start = performance.now();
    for (let lookup = 0; lookup < lookupsInRound; lookup += 1) {
      const userName = userNameOf((lookup * step) % count).toUpperCase();
      const page = await client.get(`/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
      if (page.totalResults !== 1) throw new Error(`${page.totalResults} users are called ${userName}`);
    }
    return (performance.now() - start) / lookupsInRound;
  };
  const stop = async () => {
    await client.close();
    await astro.stop();
  };
  return { measure, stop };
}
