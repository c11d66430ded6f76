import { type Json, sandboxForEachTest } from "./raw-aws";

const aws = sandboxForEachTest();
const metadata = `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
      <ds:X509Data><ds:X509Certificate>MIIC</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`;
const saml = { type: "saml", name: "okta", samlOptions: { metadata } };
const center = {
  type: "iamidentitycenter",
  name: "center",
  iamIdentityCenterOptions: { instanceArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" },
};
const federation = {
  type: "iamfederation",
  name: "federation",
  iamFederationOptions: { groupAttribute: "team" },
};
const create = (input: Json) => aws.json("CreateSecurityConfig", input);
const detailOf = (body: Json): Json => body["securityConfigDetail"] as Json;
const id = "saml/123456789012/okta";

test("a SAML configuration is created, read, listed, updated and deleted", async () => {
  const created = await create({ ...saml, description: "staff" });
  expect(detailOf(created.body)).toEqual({
    id,
    type: "saml",
    description: "staff",
    configVersion: expect.stringMatching(/^[0-9a-zA-Z+/=]{20,36}$/),
    samlOptions: { metadata, sessionTimeout: 60 },
    createdDate: expect.any(Number),
    lastModifiedDate: expect.any(Number),
  });
  expect((await aws.json("GetSecurityConfig", { id })).body).toEqual(created.body);
  const { samlOptions: _options, ...summary } = detailOf(created.body);
  expect((await aws.json("ListSecurityConfigs", { type: "saml" })).body).toEqual({
    securityConfigSummaries: [summary],
  });
  const updated = await aws.json("UpdateSecurityConfig", {
    id,
    configVersion: summary["configVersion"],
    samlOptions: { metadata, sessionTimeout: 720, userAttribute: "mail" },
  });
  expect(detailOf(updated.body)).toMatchObject({
    description: "staff",
    samlOptions: { metadata, sessionTimeout: 720, userAttribute: "mail" },
  });
  expect(aws.sandbox.contents().securityConfigs).toEqual([
    {
      account: "123456789012",
      region: "us-east-1",
      id,
      type: "saml",
      description: "staff",
      options: { metadata, sessionTimeout: 720, userAttribute: "mail" },
    },
  ]);
  expect((await aws.json("DeleteSecurityConfig", { id })).body).toEqual({});
  expect(aws.sandbox.contents().securityConfigs).toEqual([]);
});

test("an old version is refused and changes nothing", async () => {
  const { configVersion } = detailOf((await create(saml)).body);
  const second = await aws.json("UpdateSecurityConfig", { id, configVersion, description: "second" });
  expect(second.status).toBe(200);
  expect(await aws.json("UpdateSecurityConfig", { id, configVersion, description: "third" })).toMatchObject({
    status: 400,
    code: "ValidationException",
  });
  expect((await aws.json("GetSecurityConfig", { id })).body).toEqual(second.body);
});

test("a name that is taken is refused, for another type it is free", async () => {
  await create(saml);
  expect(await create(saml)).toMatchObject({ status: 400, code: "ConflictException" });
  expect((await create({ ...center, name: "okta" })).status).toBe(200);
});

test.each(["GetSecurityConfig", "DeleteSecurityConfig"])("%s of none is not found", async (operation) => {
  expect(await aws.json(operation, { id })).toMatchObject({ code: "ResourceNotFoundException" });
});

test.each([
  ["saml", "Saml Config type options should be present for SAML type"],
  ["iamidentitycenter", "IAM Identity Center options should be present for iamidentitycenter type"],
  ["iamfederation", "Either User or Group attribute must be present for iam federation security config"],
])("a configuration of type %s needs its options", async (type, message) => {
  expect(await create({ type, name: "okta" })).toMatchObject({
    status: 400,
    code: "ValidationException",
    message,
  });
});

test("options of another type are taken and not kept", async () => {
  const { iamIdentityCenterOptions } = center;
  const made = await create({ ...saml, iamIdentityCenterOptions });
  expect(detailOf(made.body)).not.toHaveProperty("iamIdentityCenterOptions");
});

test.each([
  ["no XML", "metadata", ["$.IdpURL", "$.Cert"]],
  ["a service provider's", metadata.replaceAll("IDPSSO", "SPSSO"), ["$.IdpURL", "$.Cert"]],
  ["no sign-on URL", metadata.replace(/<md:SingleSignOnService[^>]*>/, ""), ["$.IdpURL"]],
  ["no certificate", metadata.replace(/<ds:X509Data>.*<\/ds:X509Data>/, ""), ["$.Cert"]],
  ["XML that is nested beyond reason", "<a>".repeat(7000) + "</a>".repeat(7000), ["$.IdpURL", "$.Cert"]],
])("metadata is refused: %s", async (_what, wrong, missing) => {
  expect(await create({ ...saml, samlOptions: { metadata: wrong } })).toMatchObject({
    status: 400,
    code: "ValidationException",
    message: `Policy json is invalid, error: [${missing
      .map((path) => `${path}: null found, string expected`)
      .join(", ")}]`,
  });
});

test.each([4, 721])("a session of %d minutes is refused, 5 to 720 are taken", async (sessionTimeout) => {
  const refused = await create({ ...saml, samlOptions: { metadata, sessionTimeout } });
  expect(refused.code).toBe("ValidationException");
  expect(refused.message).toContain(`Value '${sessionTimeout}' at 'samlOptions.sessionTimeout'`);
  for (const [name, minutes] of [
    ["shortest", 5],
    ["longest", 720],
  ] as const) {
    const made = await create({ ...saml, name, samlOptions: { metadata, sessionTimeout: minutes } });
    expect(detailOf(made.body)["samlOptions"]).toMatchObject({ sessionTimeout: minutes });
  }
});

test("the 51st SAML configuration is refused for the quota, another type is not", async () => {
  for (let index = 0; index < 50; index += 1) await create({ ...saml, name: `okta-${index}` });
  const refused = await create(saml);
  expect(refused).toMatchObject({ status: 400, code: "ServiceQuotaExceededException" });
  expect(refused.body).toMatchObject({ serviceCode: "aoss", quotaCode: "L-1D4405ED" });
  expect((await create(center)).status).toBe(200);
});

test("IAM Identity Center gets an application, and its attributes are changed one by one", async () => {
  const made = detailOf((await create(center)).body);
  expect(made).toMatchObject({
    id: "iamidentitycenter/123456789012/center",
    iamIdentityCenterOptions: {
      ...center.iamIdentityCenterOptions,
      applicationArn: expect.stringMatching(
        /^arn:aws:sso::123456789012:application\/ssoins-0123456789abcdef\/apl-[a-zA-Z0-9]{16}$/,
      ),
      userAttribute: "UserId",
      groupAttribute: "GroupId",
    },
  });
  const updated = await aws.json("UpdateSecurityConfig", {
    id: made["id"],
    configVersion: made["configVersion"],
    iamIdentityCenterOptionsUpdates: { userAttribute: "Email" },
  });
  expect(detailOf(updated.body)["iamIdentityCenterOptions"]).toEqual({
    ...(made["iamIdentityCenterOptions"] as Json),
    userAttribute: "Email",
  });
});

test("an account has one IAM federation, whatever the Region", async () => {
  expect(detailOf((await create(federation)).body)).toMatchObject({
    id: "iamfederation/123456789012/federation",
    iamFederationOptions: { groupAttribute: "team" },
  });
  expect(
    await aws.json("CreateSecurityConfig", { ...federation, name: "another" }, "eu-central-1"),
  ).toMatchObject({ status: 400, code: "ConflictException" });
});
