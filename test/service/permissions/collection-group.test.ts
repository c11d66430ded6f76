import {
  CreateCollectionCommand,
  CreateCollectionGroupCommand,
  OpenSearchServerlessClient,
} from "@aws-sdk/client-opensearchserverless";
import { type Identity, identityFromPolicy, sandboxAccessKeyId, startSandbox } from "../../../sandbox";
import { secretKeyOf } from "../../../sandbox/access/credential-scope";
import { permissionPolicies } from "../../../service";

// Release 5.100 of the AWS provider knows no collection groups, so no run with it can show this one.

const account = "123456789012";
const region = "eu-central-1";

/** Makes a collection in a group of somebody else's, as who has the policies of these features. */
async function joined(...features: readonly ("collections" | "collection-group")[]): Promise<string> {
  const scope = { account, regions: [region], features: [...features, "encryption-policies" as const] };
  const policies = permissionPolicies("deploy", scope).map(({ document }) => document);
  const limited = identityFromPolicy(policies, account);
  let identity: Identity | undefined;
  const sandbox = await startSandbox({
    identity: { require: (...question) => identity?.require(...question) },
  });
  const credentials = { accessKeyId: sandboxAccessKeyId, secretAccessKey: secretKeyOf(sandboxAccessKeyId) };
  const client = new OpenSearchServerlessClient({
    endpoint: sandbox.url,
    region,
    credentials,
    maxAttempts: 1,
  });
  try {
    const group = { name: "next", standbyReplicas: "ENABLED", generation: "NEXTGEN" } as const;
    await client.send(new CreateCollectionGroupCommand(group));
    identity = limited;
    const collection = { name: "orders", type: "SEARCH", collectionGroupName: "next" } as const;
    const encryptionConfig = { aWSOwnedKey: true };
    await client.send(new CreateCollectionCommand({ ...collection, encryptionConfig }));
    return "made";
  } catch (error) {
    return (error as Error).message;
  } finally {
    client.destroy();
    await sandbox.close();
  }
}

test("with the permissions of a collection group a collection is made in one, and without them it is not", async () => {
  expect(await joined("collections", "collection-group")).toBe("made");
  expect(await joined("collections")).toContain(
    `not authorized to perform: aoss:AddCollectionToCollectionGroup on resource: arn:aws:aoss:${region}:${account}:collection-group/`,
  );
});
