import { App } from "cdktf";
import { SearchStack } from "./search-stack";

const app = new App();
new SearchStack(app, "search", {
  account: "123456789012",
  region: "eu-central-1",
  cidr: "10.40.0.0/16",
  subnets: { a: "10.40.0.0/20", b: "10.40.16.0/20" },
  readers: ["arn:aws:iam::123456789012:role/order-service"],
});
app.synth();
