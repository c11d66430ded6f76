import type { Rule } from "../rule";
import { collectionWithoutPolicy } from "./collection-without-policy";
import { dataAccessTooWide } from "./data-access-too-wide";
import { encryptionPatternsOverlap } from "./encryption-patterns-overlap";
import { endpointDeleted } from "./endpoint-deleted";
import { endpointReplaced } from "./endpoint-replaced";
import { endpointWithoutPrivateDns } from "./endpoint-without-private-dns";
import { endpointWithoutSources } from "./endpoint-without-sources";
import { grantNamesUnknownEndpoint } from "./grant-names-unknown-endpoint";
import { lastPathDestroyed } from "./last-path-destroyed";
import { policyEditedByAnotherWriter } from "./policy-edited-by-another-writer";
import { policyGrantsNothing } from "./policy-grants-nothing";
import { policyNotRead } from "./policy-not-read";
import { policySize } from "./policy-size";
import { publicAccess } from "./public-access";
import { quotaUse } from "./quota-use";
import { singleSubnet } from "./single-subnet";
import { sourceAnywhere } from "./source-anywhere";
import { sourceWiderThanVpc } from "./source-wider-than-vpc";

/** All rules about plans, those first that matter most. */
export const rules: readonly Rule[] = [
  publicAccess,
  lastPathDestroyed,
  endpointReplaced,
  endpointDeleted,
  sourceAnywhere,
  sourceWiderThanVpc,
  dataAccessTooWide,
  policyNotRead,
  policyEditedByAnotherWriter,
  grantNamesUnknownEndpoint,
  collectionWithoutPolicy,
  policyGrantsNothing,
  endpointWithoutSources,
  endpointWithoutPrivateDns,
  encryptionPatternsOverlap,
  singleSubnet,
  quotaUse,
  policySize,
];
