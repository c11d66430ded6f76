import type { Call } from "../call";
import { AwsError, validationError } from "../protocol/aws-error";
import type { KmsAlias } from "../state/state";
import { aliasArn, kmsNotFound, livingKeys, pageOf, requireKey, requireUsableKey } from "./existing";
import type { KmsInput } from "./inputs";

export function createAlias(call: Call, input: KmsInput<"CreateAlias">): object {
  const name = input.AliasName;
  checkName(name);
  const { id } = requireUsableKey(call, input.TargetKeyId);
  if (livingAliases(call).some((alias) => alias.name === name)) {
    throw new AwsError(
      "AlreadyExistsException",
      `An alias with the name ${aliasArn(call, name)} already exists`,
    );
  }
  call.state.kmsAliases.set(name, { name, keyId: id, createdDate: call.now, lastUpdatedDate: call.now });
  return {};
}

export function updateAlias(call: Call, input: KmsInput<"UpdateAlias">): object {
  checkName(input.AliasName);
  const alias = requireAlias(call, input.AliasName);
  const { id } = requireUsableKey(call, input.TargetKeyId);
  alias.keyId = id;
  alias.lastUpdatedDate = call.now;
  return {};
}

export function deleteAlias(call: Call, { AliasName }: KmsInput<"DeleteAlias">): object {
  checkName(AliasName);
  call.state.kmsAliases.delete(requireAlias(call, AliasName).name);
  return {};
}

export function listAliases(call: Call, input: KmsInput<"ListAliases">): object {
  const keyId = input.KeyId === undefined ? undefined : requireKey(call, input.KeyId).id;
  const { items, more } = pageOf(
    livingAliases(call).filter((alias) => keyId === undefined || alias.keyId === keyId),
    input,
  );
  return {
    Aliases: items.map((alias) => ({
      AliasName: alias.name,
      AliasArn: aliasArn(call, alias.name),
      TargetKeyId: alias.keyId,
      CreationDate: alias.createdDate / 1000,
      LastUpdatedDate: alias.lastUpdatedDate / 1000,
    })),
    ...more,
  };
}

/** An alias goes with its key, once the key is gone. */
function livingAliases(call: Call): readonly KmsAlias[] {
  const keyIds = new Set(livingKeys(call).map(({ id }) => id));
  return [...call.state.kmsAliases.values()].filter(({ keyId }) => keyIds.has(keyId));
}

function requireAlias(call: Call, name: string): KmsAlias {
  const alias = livingAliases(call).find((each) => each.name === name);
  if (alias) return alias;
  throw kmsNotFound(`Alias ${aliasArn(call, name)} is not found.`);
}

function checkName(name: string): void {
  if (!name.startsWith("alias/")) {
    throw validationError(
      'Alias must start with the prefix "alias/". Please see ' +
        "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
    );
  }
  if (name.startsWith("alias/aws/")) throw new AwsError("NotAuthorizedException", "");
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) {
    throw new AwsError("InvalidAliasNameException", `${name} contains invalid characters for an alias`);
  }
}
