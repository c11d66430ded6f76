import { queryService } from "../protocol/query-protocol";
import {
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  describeSecurityGroupRules,
  modifySecurityGroupRules,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
} from "./security-group-rules";
import { createSecurityGroup, deleteSecurityGroup, describeSecurityGroups } from "./security-groups";
import { createTags, deleteTags, describeTags } from "./tags";
import { describeNetworkInterfaces, describeVpcEndpoints } from "./vpc-endpoints";

/** EC2, as far as private access to OpenSearch Serverless needs it. */
export const ec2 = queryService({
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
});
