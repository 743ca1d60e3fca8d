// `filter=userName eq "…"` among 100,000 users and among 1,000: looked up, not searched for.

import { startAstro, userNameOf, usersOf } from "./astro.mjs";
import { connectTo } from "./client.mjs";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";

const many = 100_000;
const few = 1_000;
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
  // A prime step visits users all over the list, and others in each round.
  const step = 7_919;
  let at = 0;
  const measure = async () => {
    const start = performance.now();
    for (let lookup = 0; lookup < lookupsInRound; lookup += 1) {
      at = (at + step) % count;
      const userName = userNameOf(at).toUpperCase();
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
