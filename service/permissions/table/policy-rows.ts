import type { PermissionRow } from "../permission-row";
import { sources } from "./sources";

const base = { resourceTypes: [], forwarded: false, source: sources.provider } as const;

const written = ["aws:RequestedRegion", "aoss:collection"] as const;

const read = { ...base, phases: ["read"], conditionKeys: ["aws:RequestedRegion"] } as const;

/** Network and encryption policies are both security policies: IAM cannot tell one from the other. */
const securityPolicyRows = (
  feature: "network-policies" | "encryption-policies",
): readonly PermissionRow[] => {
  const what = feature === "network-policies" ? "Network" : "Encryption";
  const kind = `${what.toLowerCase()} policy`;
  const article = feature === "network-policies" ? "a" : "an";
  const security = { ...base, feature, conditionKeys: written } as const;
  return [
    {
      ...security,
      phases: ["create"],
      operation: "aoss CreateSecurityPolicy",
      action: "aoss:CreateSecurityPolicy",
      statements: [`Create${what}Policies`],
      purpose: `makes ${article} ${kind}`,
    },
    {
      ...security,
      phases: ["update"],
      operation: "aoss UpdateSecurityPolicy",
      action: "aoss:UpdateSecurityPolicy",
      statements: [`Write${what}Policies`],
      purpose: `changes ${article} ${kind}`,
    },
    {
      ...security,
      phases: ["delete"],
      operation: "aoss DeleteSecurityPolicy",
      action: "aoss:DeleteSecurityPolicy",
      statements: [`Write${what}Policies`],
      purpose: `deletes ${article} ${kind}`,
    },
    {
      ...read,
      feature,
      operation: "aoss GetSecurityPolicy",
      action: "aoss:GetSecurityPolicy",
      statements: [`Read${what}Policies`],
      purpose: `reads ${article} ${kind}`,
    },
    {
      ...read,
      feature,
      phases: ["find"],
      operation: "aoss ListSecurityPolicies",
      action: "aoss:ListSecurityPolicies",
      statements: ["FindExisting"],
      purpose: `finds ${feature.replace("-", " ")} that exist already`,
      source: sources.imports,
    },
  ];
};

const dataAccess = {
  ...base,
  feature: "data-access-policies",
  conditionKeys: written,
  statements: ["WriteDataAccessPolicies"],
} as const;

const lifecycle = {
  ...base,
  feature: "lifecycle-policies",
  conditionKeys: ["aws:RequestedRegion"],
  statements: ["WriteLifecyclePolicies"],
} as const;

/** The four kinds of policies of OpenSearch Serverless. */
export const policyRows: readonly PermissionRow[] = [
  ...securityPolicyRows("network-policies"),
  ...securityPolicyRows("encryption-policies"),
  {
    ...dataAccess,
    phases: ["create"],
    operation: "aoss CreateAccessPolicy",
    action: "aoss:CreateAccessPolicy",
    purpose: "makes a data access policy",
  },
  {
    ...dataAccess,
    phases: ["update"],
    operation: "aoss UpdateAccessPolicy",
    action: "aoss:UpdateAccessPolicy",
    purpose: "changes a data access policy",
  },
  {
    ...dataAccess,
    phases: ["delete"],
    operation: "aoss DeleteAccessPolicy",
    action: "aoss:DeleteAccessPolicy",
    purpose: "deletes a data access policy",
  },
  {
    ...read,
    feature: "data-access-policies",
    operation: "aoss GetAccessPolicy",
    action: "aoss:GetAccessPolicy",
    statements: ["ReadDataAccessPolicies"],
    purpose: "reads a data access policy",
  },
  {
    ...read,
    feature: "data-access-policies",
    phases: ["find"],
    operation: "aoss ListAccessPolicies",
    action: "aoss:ListAccessPolicies",
    statements: ["FindExisting"],
    purpose: "finds data access policies that exist already",
    source: sources.imports,
  },
  {
    ...lifecycle,
    phases: ["create"],
    operation: "aoss CreateLifecyclePolicy",
    action: "aoss:CreateLifecyclePolicy",
    purpose: "makes a lifecycle policy",
  },
  {
    ...lifecycle,
    phases: ["update"],
    operation: "aoss UpdateLifecyclePolicy",
    action: "aoss:UpdateLifecyclePolicy",
    purpose: "changes a lifecycle policy",
  },
  {
    ...lifecycle,
    phases: ["delete"],
    operation: "aoss DeleteLifecyclePolicy",
    action: "aoss:DeleteLifecyclePolicy",
    purpose: "deletes a lifecycle policy",
  },
  {
    ...read,
    feature: "lifecycle-policies",
    operation: "aoss BatchGetLifecyclePolicy",
    action: "aoss:BatchGetLifecyclePolicy",
    statements: ["ReadLifecyclePolicies"],
    purpose: "reads a lifecycle policy",
  },
  {
    ...read,
    feature: "lifecycle-policies",
    phases: ["find"],
    operation: "aoss ListLifecyclePolicies",
    action: "aoss:ListLifecyclePolicies",
    statements: ["FindExisting"],
    purpose: "finds lifecycle policies that exist already",
    source: sources.imports,
  },
];
