import { randomBytes } from "node:crypto";
import type { Call } from "../call";
import { conflictError, notFoundError, quotaError, validationError } from "../protocol/aws-error";
import type { SecurityConfig } from "../state/state";
import { page } from "./pages";
import { refuseUselessMetadata } from "./saml-metadata";
import { versionOf } from "./version";

type Options = SecurityConfig["options"];
type ConfigType = SecurityConfig["type"];

interface ConfigOptions {
  readonly samlOptions?: Options & { readonly metadata: string };
  readonly iamFederationOptions?: Options;
}

interface CreateSecurityConfigRequest extends ConfigOptions {
  readonly type: ConfigType;
  readonly name: string;
  readonly description?: string;
  readonly iamIdentityCenterOptions?: Options & { readonly instanceArn: string };
}

interface UpdateSecurityConfigRequest extends ConfigOptions {
  readonly id: string;
  readonly configVersion: string;
  readonly description?: string;
  readonly iamIdentityCenterOptionsUpdates?: Options;
}

interface ListSecurityConfigsRequest {
  readonly type: ConfigType;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Quota table of OpenSearch Serverless. */
const maxSamlConfigs = 50;
/** Minutes (API model). */
const defaultSessionTimeout = 60;

/** The member of an answer that holds the options of a type (API model 2021-11-01). */
const optionsMember: Readonly<Record<ConfigType, string>> = {
  saml: "samlOptions",
  iamidentitycenter: "iamIdentityCenterOptions",
  iamfederation: "iamFederationOptions",
};

/** How users and groups are told apart, in every type. */
const attributes = ["userAttribute", "groupAttribute"];

export function createSecurityConfig(call: Call, request: CreateSecurityConfigRequest): object {
  const { type, name, description } = request;
  const held = call.state.securityConfigs;
  const id = `${type}/${call.account}/${name}`;
  const options = newOptions(call, request);
  if (held.has(id)) throw conflictError(`SecurityConfig with name ${name} and type ${type} already exists`);
  if (type === "saml" && configsOf(held.values(), "saml").length >= maxSamlConfigs) {
    throw quotaError(`Your account has reached the limit of ${maxSamlConfigs} SAML providers`, "L-1D4405ED");
  }
  if (type === "iamfederation") refuseSecondFederation(call);
  const config: SecurityConfig = {
    id,
    type,
    ...(description === undefined ? {} : { description }),
    options,
    revision: 1,
    configVersion: versionOf(call.now, 1),
    createdDate: call.now,
    lastModifiedDate: call.now,
  };
  held.set(id, config);
  return { securityConfigDetail: detailOf(config) };
}

export function getSecurityConfig(call: Call, request: { readonly id: string }): object {
  return { securityConfigDetail: detailOf(existingConfig(call, request.id)) };
}

export function updateSecurityConfig(call: Call, request: UpdateSecurityConfigRequest): object {
  const config = existingConfig(call, request.id);
  if (request.configVersion !== config.configVersion) {
    throw validationError(
      "Config version specified in the request refers to an older version and config has since changed",
    );
  }
  const options = changedOptions(config, request);
  const description = request.description ?? config.description;
  config.options = options;
  if (description !== undefined) config.description = description;
  config.revision += 1;
  config.configVersion = versionOf(call.now, config.revision);
  config.lastModifiedDate = call.now;
  return { securityConfigDetail: detailOf(config) };
}

export function deleteSecurityConfig(call: Call, request: { readonly id: string }): object {
  call.state.securityConfigs.delete(existingConfig(call, request.id).id);
  return {};
}

export function listSecurityConfigs(call: Call, request: ListSecurityConfigsRequest): object {
  const matching = configsOf(call.state.securityConfigs.values(), request.type);
  const { items, nextToken } = page(matching, ({ id }) => id, request);
  return {
    securityConfigSummaries: items.map(summaryOf),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

const configsOf = (configs: Iterable<SecurityConfig>, type: ConfigType): readonly SecurityConfig[] =>
  [...configs].filter((config) => config.type === type);

/** The options of the type have to be there; those of the others are taken and let go (answers seen from the service). */
function newOptions(call: Call, request: CreateSecurityConfigRequest): Options {
  const { samlOptions, iamIdentityCenterOptions: center, iamFederationOptions } = request;
  switch (request.type) {
    case "saml":
      if (!samlOptions) throw validationError("Saml Config type options should be present for SAML type");
      return checkedSamlOptions(samlOptions);
    case "iamidentitycenter":
      if (!center) {
        throw validationError("IAM Identity Center options should be present for iamidentitycenter type");
      }
      return {
        userAttribute: "UserId",
        groupAttribute: "GroupId",
        ...picked(center, ["instanceArn", ...attributes]),
        ...newApplication(call, request.name, center.instanceArn),
      };
    case "iamfederation":
      return checkedFederationOptions(iamFederationOptions);
  }
}

function changedOptions(config: SecurityConfig, request: UpdateSecurityConfigRequest): Options {
  const asked: Readonly<Record<ConfigType, Options | undefined>> = {
    saml: request.samlOptions,
    iamidentitycenter: request.iamIdentityCenterOptionsUpdates,
    iamfederation: request.iamFederationOptions,
  };
  if (!asked[config.type]) return config.options;
  if (config.type === "iamidentitycenter") {
    return { ...config.options, ...picked(asked.iamidentitycenter, attributes) };
  }
  return config.type === "saml" && request.samlOptions
    ? checkedSamlOptions(request.samlOptions)
    : checkedFederationOptions(request.iamFederationOptions);
}

function checkedSamlOptions(options: Options & { readonly metadata: string }): Options {
  refuseUselessMetadata(options.metadata);
  return {
    sessionTimeout: defaultSessionTimeout,
    ...picked(options, ["metadata", "sessionTimeout", "openSearchServerlessEntityId", ...attributes]),
  };
}

function checkedFederationOptions(options: Options | undefined): Options {
  const found = picked(options, attributes);
  if (Object.keys(found).length > 0) return found;
  throw validationError("Either User or Group attribute must be present for iam federation security config");
}

/** What is there of these members; the API ignores others. */
const picked = (options: Options | undefined, names: readonly string[]): Options =>
  Object.fromEntries(Object.entries(options ?? {}).filter(([name]) => names.includes(name)));

/** OpenSearch Serverless makes an application in the instance of IAM Identity Center. */
function newApplication(call: Call, name: string, instanceArn: string): Options {
  const [, partition = "aws"] = instanceArn.split(":");
  const instanceId = instanceArn.slice(instanceArn.lastIndexOf("/") + 1);
  return {
    applicationArn: `arn:${partition}:sso::${call.account}:application/${instanceId}/apl-${randomBytes(8).toString("hex")}`,
    applicationName: name,
  };
}

/** One in an account, whatever the Region (answers seen from the service). */
function refuseSecondFederation(call: Call): void {
  const everywhere = [...call.accountState.regions.values()].flatMap(({ securityConfigs }) => [
    ...securityConfigs.values(),
  ]);
  const [other] = configsOf(everywhere, "iamfederation");
  if (other)
    throw conflictError(`The account has a security config of type iamfederation already: ${other.id}`);
}

function existingConfig(call: Call, id: string): SecurityConfig {
  const config = call.state.securityConfigs.get(id);
  if (config) return config;
  throw notFoundError(`SecurityConfig with id ${id} is not found`);
}

const summaryOf = ({
  id,
  type,
  configVersion,
  description,
  createdDate,
  lastModifiedDate,
}: SecurityConfig) => ({
  id,
  type,
  configVersion,
  ...(description === undefined ? {} : { description }),
  createdDate,
  lastModifiedDate,
});

const detailOf = (config: SecurityConfig) => ({
  ...summaryOf(config),
  [optionsMember[config.type]]: config.options,
});
