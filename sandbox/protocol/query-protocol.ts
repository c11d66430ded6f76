import { XMLBuilder } from "fast-xml-parser";
import type { Call } from "../call";
import { AwsError } from "./aws-error";
import { refuseOtherThanPost } from "./json-protocol";
import type { QueryAction, XmlElement } from "./query-action";
import { parseQueryParameters } from "./query-parameters";
import { isReadName, type Service, type ServiceAnswer } from "./service";

export interface QueryServiceOptions {
  readonly version: string;
  readonly actions: Readonly<Record<string, QueryAction>>;
  /** Whether `DryRun` asks what would happen; EC2 alone has it. @default false */
  readonly hasDryRun?: boolean;
  readonly answer: (action: string, requestId: string, result: XmlElement) => XmlElement;
  readonly error: (error: AwsError, requestId: string) => XmlElement;
}

/** A service in AWS's query protocol, the protocol of EC2, STS and IAM. */
export function queryService(options: QueryServiceOptions): Service {
  return {
    operations: Object.keys(options.actions),
    ask({ text, target, method, path, requestId }) {
      if (target !== undefined) {
        throw new AwsError("UnknownOperationException", `The sandbox does not serve '${target}' here`);
      }
      refuseOtherThanPost(method, path);
      const parameters = parseQueryParameters(text);
      const action = parameters.string("Action");
      if (!action) throw new AwsError("MissingAction", "The request must contain the parameter Action");
      const version = parameters.string("Version");
      if (version !== options.version) {
        throw new AwsError("NoSuchVersion", `The requested version (${version ?? "none"}) is not valid.`);
      }
      const run = Object.hasOwn(options.actions, action) ? options.actions[action] : undefined;
      if (!run) {
        throw new AwsError("InvalidAction", `The action ${action} is not valid for this web service.`);
      }
      const isDryRun = options.hasDryRun === true && parameters.boolean("DryRun") === true;
      return {
        operation: action,
        isRead: isReadName(action) || isDryRun,
        input: () => Object.fromEntries(new URLSearchParams(text)),
        run: (call) => {
          const result = run(parameters, isDryRun ? copyOf(call) : call);
          if (isDryRun) {
            throw new AwsError(
              "DryRunOperation",
              "Request would have succeeded, but DryRun flag is set.",
              412,
            );
          }
          return renderXml(200, options.answer(action, requestId, result));
        },
      };
    },
    error: (error, requestId) => renderXml(error.status, options.error(error, requestId)),
  };
}

/** The same call on a world that is thrown away. */
const copyOf = (call: Call): Call => ({
  ...call,
  state: structuredClone(call.state),
  accountState: structuredClone(call.accountState),
});

/** Answers and errors of query services but EC2, which has a form of its own. */
export const commonQueryForm = (namespace: string): Pick<QueryServiceOptions, "answer" | "error"> => ({
  answer: (action, requestId, result) => ({
    [`${action}Response`]: {
      "@xmlns": namespace,
      [`${action}Result`]: result,
      ResponseMetadata: { RequestId: requestId },
    },
  }),
  error: ({ code, message, status }, requestId) => ({
    ErrorResponse: {
      "@xmlns": namespace,
      Error: { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: message },
      RequestId: requestId,
    },
  }),
});

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  suppressEmptyNode: true,
});

export function renderXml(status: number, element: XmlElement): ServiceAnswer {
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
