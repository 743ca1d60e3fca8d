// One member more and one less, of a Team of 50,000 and of a Team of 10: the size must not matter.

import { startAstro, userNameOf, usersOf } from "./astro.mjs";
import { connectTo } from "./client.mjs";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";

const large = 50_000;
const small = 10;
const changesInRound = 40;

export async function teamMembers() {
  const members = Array.from({ length: large }, (_, at) => userNameOf(at));
  const astro = await startAstro({
    seed: {
      users: usersOf(large + 1),
      teams: [
        { name: "large", members },
        { name: "small", members: members.slice(0, small) },
      ],
    },
  });
  const client = connectTo(astro);
  try {
    const newcomer = (await client.get(`/Users?filter=${equals("userName", userNameOf(large))}`)).Resources[0]
      .id;
    const [ofLarge, ofSmall] = [
      await changerOf(client, "large", newcomer),
      await changerOf(client, "small", newcomer),
    ];
    const measured = await interleavedRounds(75, { large: ofLarge, small: ofSmall });
    const perSecond = Math.round(1000 / median(measured.large));
    const name = `one member more or less: Team of ${large} : Team of ${small}`;
    return [
      { name, ...ratioOf(measured.large, measured.small), atMost: 1.5, note: `${perSecond} changes/s` },
    ];
  } finally {
    await client.close();
    await astro.stop();
  }
}

/** Measures the time of one change, in milliseconds. */
async function changerOf(client, team, member) {
  const filter = equals("displayName", team);
  const { Resources } = await client.get(`/Groups?filter=${filter}&excludedAttributes=members`);
  const add = patch(Resources[0].id, { op: "add", path: "members", value: [{ value: member }] });
  const remove = patch(Resources[0].id, { op: "remove", path: `members[value eq "${member}"]` });
  return async () => {
    const start = performance.now();
    for (let change = 0; change < changesInRound; change += 2) {
      mustBe204(await client.send(add));
      mustBe204(await client.send(remove));
    }
    return (performance.now() - start) / changesInRound;
  };
}

function patch(id, operation) {
  return {
    method: "PATCH",
    path: `/Groups/${id}`,
    headers: { "content-type": "application/scim+json" },
    body: JSON.stringify({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [operation],
    }),
  };
}

function mustBe204({ status, text }) {
  if (status !== 204) throw new Error(`PATCH was answered ${status}: ${text}`);
}

function equals(attribute, value) {
  return encodeURIComponent(`${attribute} eq "${value}"`);
}
