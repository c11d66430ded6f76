import type { Call } from "../call";
import { derivedHex } from "../ids";
import { queryAction } from "../protocol/query-action";
import type { QueryParameters } from "../protocol/query-parameters";
import type { OpenIdConnectProvider } from "../state/state";
import { dateText, iamOf, providerArn, requireProvider, tagList } from "./existing";
import { readTags, requiredText, rules, textList } from "./inputs";
import { alreadyExists, invalidInput, quotaExceeded } from "./refusals";

// Quotas and lengths: IAM user guide, quotas; API reference, CreateOpenIDConnectProvider.
const maxProviders = 100;
const maxClientIds = 100;
const maxThumbprints = 5;

export const createOpenIdConnectProvider = queryAction(
  (parameters) => ({
    url: readUrl(parameters),
    clientIds: textList(parameters, "ClientIDList", rules.clientId, maxClientIds) ?? [],
    thumbprints: readThumbprints(parameters),
    tags: readTags(parameters),
  }),
  (call, { url, clientIds, thumbprints, tags }) => {
    const providers = iamOf(call).openIdConnectProviders;
    const arn = providerArn(call, url);
    if (providers.has(arn)) throw alreadyExists(`Provider with url https://${url} already exists.`);
    if (providers.size >= maxProviders) {
      throw quotaExceeded("OpenIdConnectProvidersPerAccount", maxProviders);
    }
    if (tags.size > 0) call.forward("iam:TagOpenIDConnectProvider");
    const provider: OpenIdConnectProvider = {
      url,
      clientIds: [...new Set(clientIds)],
      // Where none is given, IAM takes that of the authority that signed the provider's certificate.
      thumbprints: thumbprints?.length ? thumbprints : [derivedHex(40, "thumbprint", url)],
      createdDate: call.now,
      tags: new Map(tags),
    };
    providers.set(arn, provider);
    return { OpenIDConnectProviderArn: arn, Tags: tagList(tags) };
  },
);

/** The URL without `https://`. */
function readUrl(parameters: QueryParameters): string {
  const given = requiredText(parameters, "Url", { max: 255 });
  const url = given.replace(/^https:\/\//, "");
  const isUrl = url !== given && /^[A-Za-z0-9.-]+(?:\/[A-Za-z0-9._~/-]*)?$/.test(url);
  if (!isUrl) throw invalidInput("Invalid Open ID Connect Provider URL");
  return url.replace(/\/$/, "");
}

function readThumbprints(parameters: QueryParameters): readonly string[] | undefined {
  const thumbprints = textList(parameters, "ThumbprintList", rules.thumbprint, maxThumbprints);
  const wrong = thumbprints?.find((thumbprint) => !/^[0-9A-Fa-f]{40}$/.test(thumbprint));
  if (wrong !== undefined) throw invalidInput("Thumbprint must contain only hexadecimal characters");
  return thumbprints;
}

const readArn = (parameters: QueryParameters): string =>
  requiredText(parameters, "OpenIDConnectProviderArn", rules.arn);

export const getOpenIdConnectProvider = queryAction(
  (parameters) => ({ arn: readArn(parameters) }),
  (call, { arn }) => {
    const { url, clientIds, thumbprints, createdDate, tags } = requireProvider(call, arn);
    return {
      Url: url,
      ClientIDList: { member: clientIds },
      ThumbprintList: { member: thumbprints },
      CreateDate: dateText(createdDate),
      Tags: tagList(tags),
    };
  },
);

export const listOpenIdConnectProviders = queryAction(
  () => ({}),
  (call) => ({
    OpenIDConnectProviderList: {
      member: [...iamOf(call).openIdConnectProviders.keys()].map((Arn) => ({ Arn })),
    },
  }),
);

export const updateOpenIdConnectProviderThumbprint = queryAction(
  (parameters) => ({ arn: readArn(parameters), thumbprints: readThumbprints(parameters) }),
  (call, { arn, thumbprints }) => {
    const provider = requireProvider(call, arn);
    if (!thumbprints?.length) throw invalidInput("Thumbprint list must contain at least one entry.");
    provider.thumbprints = thumbprints;
    return {};
  },
);

const readClientId = (parameters: QueryParameters) => ({
  arn: readArn(parameters),
  clientId: requiredText(parameters, "ClientID", rules.clientId),
});

/** One that is there already is no error, and neither is one to remove that is not. */
export const addClientId = queryAction(readClientId, (call, { arn, clientId }) => {
  const provider = requireProvider(call, arn);
  const clientIds = [...new Set([...provider.clientIds, clientId])];
  if (clientIds.length > maxClientIds) {
    throw quotaExceeded("ClientIdsPerOpenIdConnectProvider", maxClientIds);
  }
  provider.clientIds = clientIds;
  return {};
});

export const removeClientId = queryAction(readClientId, (call, { arn, clientId }) => {
  const provider = requireProvider(call, arn);
  provider.clientIds = provider.clientIds.filter((each) => each !== clientId);
  return {};
});

export const deleteOpenIdConnectProvider = queryAction(
  (parameters) => ({ arn: readArn(parameters) }),
  (call: Call, { arn }) => {
    requireProvider(call, arn);
    iamOf(call).openIdConnectProviders.delete(arn);
    return {};
  },
);
