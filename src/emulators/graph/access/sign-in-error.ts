/** Refusals of the token endpoint (Microsoft: Microsoft Entra authentication and authorization error codes). */

export class SignInError extends Error {
  override readonly name: string = "SignInError";
  readonly status: number;
  /** `invalid_client` (RFC 6749 §5.2). */
  readonly error: string;
  /** The number of the AADSTS code. */
  readonly number: number;

  constructor(status: number, error: string, number: number, description: string) {
    super(`AADSTS${number}: ${description}`);
    this.status = status;
    this.error = error;
    this.number = number;
  }
}

export const signInErrors = {
  tenantNotFound: (tenant: string) =>
    new SignInError(
      400,
      "invalid_request",
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
    ),
  missingField: (name: string) =>
    new SignInError(
      400,
      "invalid_request",
      900144,
      `The request body must contain the following parameter: '${name}'.`,
    ),
  grantType: () =>
    new SignInError(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type."),
  scope: (scope: string) =>
    new SignInError(
      400,
      "invalid_scope",
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    ),
  clientNotFound: (clientId: string, tenant: string) =>
    new SignInError(
      400,
      "unauthorized_client",
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenant}'.`,
    ),
  noCredential: () =>
    new SignInError(
      401,
      "invalid_client",
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
  wrongSecret: (clientId: string) =>
    new SignInError(
      401,
      "invalid_client",
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
    ),
  assertionMalformed: () =>
    new SignInError(400, "invalid_request", 50027, "JWT token is invalid or malformed."),
  assertionType: () =>
    new SignInError(
      400,
      "invalid_request",
      500113,
      "The client_assertion_type must be 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'.",
    ),
  assertionKey: (reason: string) =>
    new SignInError(
      401,
      "invalid_client",
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - ${reason}]`,
    ),
  assertionClient: () =>
    new SignInError(
      401,
      "invalid_client",
      700021,
      "Client assertion application identifier doesn't match 'client_id' parameter.",
    ),
  assertionAudience: () =>
    new SignInError(
      401,
      "invalid_client",
      700023,
      "Client assertion audience claim does not match Realm issuer.",
    ),
  assertionTime: () =>
    new SignInError(401, "invalid_client", 700024, "Client assertion is not within its valid time range."),
} as const;
