import { queryAction } from "../protocol/query-action";
import { commonQueryForm, queryService } from "../protocol/query-protocol";

const getCallerIdentity = queryAction(
  () => ({}),
  ({ account }) => ({
    Arn: `arn:aws:iam::${account}:user/sandbox`,
    UserId: "AIDASANDBOXLOOPBACK00",
    Account: account,
  }),
);

/** STS, as far as a client asks who it is. */
export const sts = queryService({
  version: "2011-06-15",
  actions: { GetCallerIdentity: getCallerIdentity },
  ...commonQueryForm("https://sts.amazonaws.com/doc/2011-06-15/"),
});
