import { XMLBuilder } from "fast-xml-parser";
import { AwsError } from "./aws-error";
import { sandboxAccountId } from "./credential-scope";
import {
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  describeSecurityGroupRules,
  modifySecurityGroupRules,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
} from "./ec2-security-group-rules";
import { createSecurityGroup, deleteSecurityGroup, describeSecurityGroups } from "./ec2-security-groups";
import { createTags, deleteTags, describeTags } from "./ec2-tags";
import { describeNetworkInterfaces, describeVpcEndpoints } from "./ec2-vpc-endpoints";
import { type QueryAction, queryAction, type XmlElement } from "./query-action";
import type { QueryParameters } from "./query-parameters";
import type { Call } from "./state";

interface QueryService {
  readonly version: string;
  readonly actions: Readonly<Record<string, QueryAction>>;
  readonly answer: (action: string, requestId: string, result: XmlElement) => XmlElement;
  readonly error: (error: AwsError, requestId: string) => XmlElement;
}

const getCallerIdentity = queryAction(
  () => ({}),
  () => ({
    Arn: `arn:aws:iam::${sandboxAccountId}:user/sandbox`,
    UserId: "AIDASANDBOXLOOPBACK00",
    Account: sandboxAccountId,
  }),
);

const ec2: QueryService = {
  version: "2016-11-15",
  actions: {
    AuthorizeSecurityGroupEgress: authorizeSecurityGroupEgress,
    AuthorizeSecurityGroupIngress: authorizeSecurityGroupIngress,
    CreateSecurityGroup: createSecurityGroup,
    CreateTags: createTags,
    DeleteSecurityGroup: deleteSecurityGroup,
    DeleteTags: deleteTags,
    DescribeNetworkInterfaces: describeNetworkInterfaces,
    DescribeSecurityGroupRules: describeSecurityGroupRules,
    DescribeSecurityGroups: describeSecurityGroups,
    DescribeTags: describeTags,
    DescribeVpcEndpoints: describeVpcEndpoints,
    ModifySecurityGroupRules: modifySecurityGroupRules,
    RevokeSecurityGroupEgress: revokeSecurityGroupEgress,
    RevokeSecurityGroupIngress: revokeSecurityGroupIngress,
  },
  answer: (action, requestId, result) => ({
    [`${action}Response`]: { "@xmlns": "http://ec2.amazonaws.com/doc/2016-11-15/", requestId, ...result },
  }),
  error: ({ code, message }, requestId) => ({
    Response: { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId },
  }),
};

const sts: QueryService = {
  version: "2011-06-15",
  actions: { GetCallerIdentity: getCallerIdentity },
  answer: (action, requestId, result) => ({
    [`${action}Response`]: {
      "@xmlns": "https://sts.amazonaws.com/doc/2011-06-15/",
      [`${action}Result`]: result,
      ResponseMetadata: { RequestId: requestId },
    },
  }),
  error: ({ code, message, status }, requestId) => ({
    ErrorResponse: {
      "@xmlns": "https://sts.amazonaws.com/doc/2011-06-15/",
      Error: { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: message },
      RequestId: requestId,
    },
  }),
};

const services = { ec2, sts } as const;

export type QueryServiceName = keyof typeof services;

export const isQueryService = (name: string): name is QueryServiceName => Object.hasOwn(services, name);

export interface QueryAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers one request in AWS's query protocol, the protocol of EC2 and STS. */
export function answerQuery(
  serviceName: QueryServiceName,
  call: Call,
  parameters: QueryParameters,
  requestId: string,
): QueryAnswer {
  const service = services[serviceName];
  const action = parameters.string("Action");
  if (!action) throw new AwsError("MissingAction", "The request must contain the parameter Action");
  const version = parameters.string("Version");
  if (version !== service.version) {
    throw new AwsError("NoSuchVersion", `The requested version (${version ?? "none"}) is not valid.`);
  }
  const run = Object.hasOwn(service.actions, action) ? service.actions[action] : undefined;
  if (!run) {
    throw new AwsError("InvalidAction", `The action ${action} is not valid for this web service.`);
  }
  const isDryRun = parameters.boolean("DryRun") === true;
  const result = run(parameters, isDryRun ? structuredClone(call) : call);
  if (isDryRun) {
    throw new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
  }
  return render(200, service.answer(action, requestId, result));
}

/** An error as the service would write it; EC2 writes it its own way. */
export function queryError(
  serviceName: QueryServiceName | undefined,
  error: AwsError,
  requestId: string,
): QueryAnswer {
  return render(error.status, services[serviceName ?? "sts"].error(error, requestId));
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  suppressEmptyNode: true,
});

function render(status: number, element: XmlElement): QueryAnswer {
  const xml = builder.build(withoutUndefined(element)) as string;
  // XML 1.0 has no way to write control characters, and a refused value may hold some.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
  const printable = xml.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "?");
  return {
    status,
    headers: { "content-type": "text/xml;charset=UTF-8" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${printable}`,
  };
}

/** The builder would write an undefined member as an empty element, which readers take for an empty value. */
const withoutUndefined = (element: XmlElement): unknown => JSON.parse(JSON.stringify(element));
