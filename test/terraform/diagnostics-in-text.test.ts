import { diagnosticsIn, parseLoggedErrors } from "../../terraform";

const colour = String.fromCharCode(27);
const address = "aws_opensearchserverless_vpc_endpoint.apps";
const sentence =
  "User: arn:aws:iam::123456789012:user/sandbox is not authorized to perform: ec2:DescribeVpcEndpoints because no identity-based policy allows the ec2:DescribeVpcEndpoints action";

/** The one error in a text, its lines undone. */
const onlyError = (text: string) => {
  const found = diagnosticsIn(text).filter(({ summary }) => summary !== "");
  expect(found).toHaveLength(1);
  return { ...found[0], detail: found[0]?.detail.replace(/\s+/g, " ").trim() };
};

const framed = `╷
│ Error: creating the endpoint
│ 
│   with ${address},
│   on cdk.tf.json line 89, in resource.${address}:
│   89:       }
│ 
│ operation error EC2: DescribeVpcEndpoints, api error UnauthorizedOperation:
│ User: arn:aws:iam::123456789012:user/sandbox is not authorized to perform:
│ ec2:DescribeVpcEndpoints because no identity-based policy allows the
│ ec2:DescribeVpcEndpoints action
╵`;

const expected = {
  severity: "error",
  summary: "creating the endpoint",
  detail: `operation error EC2: DescribeVpcEndpoints, api error UnauthorizedOperation: ${sentence}`,
  address,
  file: "cdk.tf.json",
  line: 89,
};

describe("errors in text that Terraform or a program above it wrote", () => {
  test.each([
    ["Terraform's own", framed],
    ["with -no-color of an old release", framed.replace(/^[╷│╵] ?/gm, "")],
    ["as cdktf passes them on", framed.replace(/^/gm, "        ").replace("        ╷", "search  ╷")],
    [
      "as cdktf passes them on without frame and colours",
      framed
        .replace(/^[╷╵]\n?/gm, "")
        .replace(/^│ /gm, "        ")
        .replace("        Error", "search  Error"),
    ],
    ["with times of a CI system", framed.replace(/^/gm, "2026-11-25T14:57:59.1234567Z ")],
    [
      "with times and no frame",
      framed.replace(/^[╷│╵] ?/gm, "").replace(/^/gm, "2026-11-25T14:57:59.1234567Z "),
    ],
    [
      "in colours",
      framed.replace(/^([╷│╵])/gm, `${colour}[31m$1${colour}[0m`).replace("Error", `${colour}[1mError`),
    ],
    ["with line ends of Windows", framed.replaceAll("\n", "\r\n")],
    ["between other lines", `aws_security_group.a: Creating...\n${framed}\n\n1 Stack deploying\n`],
  ])("%s are read with address and place", (_, text) => {
    expect(onlyError(text)).toEqual(expected);
  });

  test("the path of the construct, which cdktf adds to the address, is no part of it", () => {
    expect(onlyError(framed.replace(`with ${address},`, `with ${address} (Default/apps/Default),`))).toEqual(
      expected,
    );
    const instance = 'module.net["eu west"].aws_opensearchserverless_vpc_endpoint.this[0]';
    expect(onlyError(framed.replace(`with ${address},`, `with ${instance},`)).address).toBe(instance);
  });

  test("lines of JSON, as HCP Terraform logs them, are read with their address, and warnings are left out", () => {
    const line = (severity: string) =>
      JSON.stringify({
        "@level": "error",
        "@message": "Error: creating the endpoint",
        type: "diagnostic",
        diagnostic: { severity, summary: "creating the endpoint", detail: sentence, address },
      });
    expect(diagnosticsIn(`${line("error")}\n${line("warning")}\n{"@level": broken\n`)).toEqual([
      { severity: "error", summary: "creating the endpoint", detail: sentence, address },
      { severity: "error", summary: "", detail: '{"@level": broken\n' },
    ]);
  });

  test("text without any error of Terraform's is one detail, and no text is none", () => {
    expect(diagnosticsIn(`An error occurred: ${sentence}`)).toEqual([
      { severity: "error", summary: "", detail: `An error occurred: ${sentence}` },
    ]);
    expect(diagnosticsIn(" \n\n")).toEqual([]);
  });
});

describe("errors in a log of Terraform's", () => {
  const start = "2026-11-25T14:31:15.480Z [ERROR] ";
  const answered = (fields: string) =>
    `${start}provider.terraform-provider-aws_v5.100.0_x5: Response contains error diagnostic: @module=sdk.proto ${fields} tf_rpc=ApplyResourceChange`;
  const type = "tf_resource_type=aws_opensearchserverless_vpc_endpoint";

  test("the provider's line gives the text, Terraform's the address, whatever the order of the fields", () => {
    const log = [
      answered(`diagnostic_detail="${sentence}" ${type} diagnostic_summary="creating (\\"demo-apps\\")"`),
      answered(`tf_resource_type=aws_security_group diagnostic_summary=other diagnostic_detail=""`),
      `${start}vertex "${address}" error: creating ("demo-apps")`,
      `${start}vertex "aws_security_group.a[\\"b\\"]" error: other`,
      `${start}provider: error encountered while scanning stdout: error="read |0: file already closed"`,
      "",
    ].join("\n");
    const found = [
      { severity: "error", summary: 'creating ("demo-apps")', detail: sentence, address },
      { severity: "error", summary: "other", detail: "", address: 'aws_security_group.a["b"]' },
    ];
    expect(parseLoggedErrors(log)).toEqual(found);
    expect(diagnosticsIn(log).slice(0, 2)).toEqual(found);
  });

  test("values of several lines, vertices that say what they do, and errors of no resource", () => {
    const log = [
      `${start}provider.terraform-provider-aws_v6.9.0_x5: Response contains error diagnostic:`,
      "  diagnostic_detail=",
      "  | the first line",
      "  | the second",
      `   ${type} diagnostic_summary=reading`,
      `${start}vertex "${address} (expand)" error: reading: the first line`,
      `${start}vertex "${address} (destroy)" error: it is in use`,
      answered(`diagnostic_summary="Invalid credentials" diagnostic_detail="no such \\x1b key"`),
    ].join("\n");
    expect(parseLoggedErrors(log)).toEqual([
      { severity: "error", summary: "reading", detail: "the first line\nthe second", address },
      { severity: "error", summary: "it is in use", detail: "", address },
      { severity: "error", summary: "Invalid credentials", detail: "no such \\x1b key" },
    ]);
  });
});
