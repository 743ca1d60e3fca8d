// The users that every compared server is filled with: some 400 bytes of JSON each, with what Okta is documented to map.

export function userNameOf(at) {
  return `person.${at}@example.com`;
}

export function userOf(at) {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    externalId: `00u${String(at).padStart(17, "0")}`,
    userName: userNameOf(at),
    name: { givenName: `Given${at}`, familyName: `Family${at}` },
    emails: [{ value: userNameOf(at), primary: true }],
    displayName: `Given${at} Family${at}`,
    profileUrl: `https://people.example.com/profiles/person.${at}?view=full`,
    active: true,
  };
}
