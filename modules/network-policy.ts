import { OpensearchserverlessSecurityPolicy } from "@cdktf/provider-aws/lib/opensearchserverless-security-policy";
import { DefaultTokenResolver, Lazy, StringConcat, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import {
  checkCollectionPattern,
  checkGrant,
  checkId,
  checkNetworkPolicySize,
  checkResourceName,
  checkService,
  deriveName,
  longestEndpointId,
  type NetworkPolicyBlock,
  type Problem,
  privateBlock,
  RuleError,
  serialiseNetworkPolicy,
} from "../service";
import { addressAfterPath } from "./address";
import type { IInterfaceEndpoint } from "./interface-endpoint";
import { isKnown } from "./known";
import { literal } from "./literal";
import { registerPolicy } from "./registry";

/** Which collections and dashboards a set of endpoints or AWS services may reach. */
export interface Grant {
  /** Collection names, prefixes of 3 or more characters (`logs-*`), or `*`. They need not exist yet. */
  readonly collections: readonly string[];
  /**
   * Whether the endpoints reach the collections' dashboards too.
   * @default false
   */
  readonly dashboards?: boolean;
  /**
   * Endpoints, or ids of endpoints (`vpce-…`).
   * @default - no endpoint, only the services
   */
  readonly from?: readonly (IInterfaceEndpoint | string)[];
  /**
   * AWS services that reach the collections without an endpoint, such as `bedrock.amazonaws.com`. They never
   * reach dashboards.
   * @default - no service, only the endpoints
   */
  readonly services?: readonly string[];
  /**
   * Stands in the policy beside what it grants.
   * @default - no description
   */
  readonly description?: string;
}

/** Properties of a `NetworkPolicy`. */
export interface NetworkPolicyProps {
  /**
   * Name in AWS, 3 to 32 of `a-z`, `0-9` and `-`; another one replaces the policy.
   * @default - the name of the stack and the construct's id, shortened to fit
   */
  readonly name?: string;
  /**
   * Description of the policy, 1 to 1,000 characters.
   * @default - says that the policy is private access kept by Terraform
   */
  readonly description?: string;
  /**
   * What is granted.
   * @default - nothing until `addGrant` is called; a policy without grants is refused at the end of synthesis
   */
  readonly grants?: readonly Grant[];
}

/**
 * A network policy (`aws_opensearchserverless_security_policy` of type network) that grants private access,
 * never public. Its text depends only on what is granted, not on the order. Throws a `RuleError` for what AWS would
 * refuse; a document over 10,240 bytes (quota table) is refused at the end of synthesis.
 */
export class NetworkPolicy extends Construct {
  /** Name in AWS; a token if one was given. */
  readonly policyName: string;
  private readonly grants: Grant[] = [];
  private made: Template | undefined;
  private text: string | undefined;

  constructor(scope: Construct, id: string, props: NetworkPolicyProps = {}) {
    super(scope, id);
    this.policyName = props.name ?? deriveName(TerraformStack.of(this).node.id, id);
    if (isKnown(this.policyName)) this.refuse(checkResourceName(this.policyName));
    const description = props.description ?? "Private access, kept by Terraform";
    if (!Token.isUnresolved(description)) this.refuse(checkDescription(description));
    const resource = new OpensearchserverlessSecurityPolicy(this, "Default", {
      name: this.policyName,
      type: "network",
      description: literal(description),
      policy: Lazy.stringValue({ produce: () => this.document() }),
    });
    addressAfterPath(resource);
    registerPolicy(this);
    for (const grant of props.grants ?? []) this.addGrant(grant);
    this.node.addValidation({
      validate: () => this.atTheEnd().map((one) => `${one.problem}; ${one.remedy}`),
    });
  }

  /** Adds access. Throws a `RuleError` when the grant is not one that AWS takes. */
  addGrant(grant: Grant): this {
    const { collections, from = [], services = [] } = grant;
    this.refuse(checkIsKnown("collections", collections));
    this.refuse(checkIsKnown("from", from));
    this.refuse(checkIsKnown("services", services));
    this.refuse(
      checkGrant({
        collections: collections.length,
        dashboards: grant.dashboards ?? false,
        endpoints: from.length,
        services: services.length,
      }),
    );
    for (const pattern of collections) if (isKnown(pattern)) this.refuse(checkCollectionPattern(pattern));
    for (const service of services) if (isKnown(service)) this.refuse(checkService(service));
    for (const id of from.map(endpointIdOf)) if (isKnown(id)) this.refuse(checkId("endpoint", id));
    this.grants.push({ ...grant, collections: [...collections], from: [...from], services: [...services] });
    this.made = undefined;
    this.text = undefined;
    return this;
  }

  private blocks(textOf: (text: string, name?: string) => string): NetworkPolicyBlock[] {
    return this.grants.map((grant) =>
      privateBlock({
        collections: grant.collections.map((pattern) => textOf(pattern)),
        dashboards: grant.dashboards ?? false,
        endpoints: (grant.from ?? []).map((endpoint) => textOf(endpointIdOf(endpoint), nameOf(endpoint))),
        services: (grant.services ?? []).map((service) => textOf(service)),
        description: grant.description === undefined ? undefined : this.describe(grant.description, textOf),
      }),
    );
  }

  private describe(description: string, textOf: (text: string) => string): string {
    return description
      .split(tokenInText)
      .map((part) => (Token.isUnresolved(part) ? textOf(part) : literal(part)))
      .join("");
  }

  /**
   * The text of the policy with, in place of each value that only Terraform knows, a name that does not change
   * from run to run: a token's own text counts the tokens made before it, and would sort differently.
   */
  private template(): Template {
    if (!this.made) {
      const tokens = new Map<string, string>();
      const blocks = this.blocks((text, name) => {
        if (isKnown(text)) return text;
        const standIn = name ?? this.resolved(text);
        tokens.set(JSON.stringify(standIn).slice(1, -1), text);
        return standIn;
      });
      this.made = { text: serialiseNetworkPolicy(blocks), tokens };
    }
    return this.made;
  }

  /** The text of the policy, with tokens for what Terraform knows later. */
  private document(): string {
    // A quote inside an expression belongs to Terraform and not to the JSON around it, so it is put in as it is.
    this.text ??= this.filled((token) => token);
    return this.text;
  }

  private filled(textFor: (token: string) => string): string {
    const { text, tokens } = this.template();
    if (tokens.size === 0) return text;
    const standIns = new RegExp([...tokens.keys()].map(escapeForRegExp).join("|"), "g");
    return text.replace(standIns, (standIn) => textFor(tokens.get(standIn) ?? standIn));
  }

  private resolved(text: string): string {
    const resolver = new DefaultTokenResolver(new StringConcat());
    return String(Tokenization.resolve(text, { scope: this, preparing: false, resolver }));
  }

  private atTheEnd(): Problem[] {
    if (this.grants.length === 0) {
      return [
        { problem: "the network policy grants nothing", remedy: "add a grant, or leave the policy out" },
      ];
    }
    const size = checkNetworkPolicySize(this.filled(() => longestEndpointId));
    return size ? [size] : [];
  }

  private refuse(problem: Problem | undefined): void {
    if (problem) throw new RuleError(problem, this.node.path);
  }
}

/** A policy before it is known what its tokens stand for. */
interface Template {
  readonly text: string;
  /** The token behind each stand-in, as the text has it. */
  readonly tokens: ReadonlyMap<string, string>;
}

function endpointIdOf(endpoint: IInterfaceEndpoint | string): string {
  return typeof endpoint === "string" ? endpoint : endpoint.endpointId;
}

const escapeForRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** A token as CDKTF writes it into a text. */
const tokenInText = /(\$\{TfToken\[[^\]]+\]\})/;

function checkIsKnown(what: string, list: readonly unknown[]): Problem | undefined {
  if (!Token.isUnresolved(list)) return undefined;
  return {
    problem: `${what}: a list that only Terraform knows cannot stand in a grant`,
    remedy: "name the values one by one; each may be a token",
  };
}

/** A name for the id of an endpoint of this app, the same in every run; it ends where no other goes on. */
function nameOf(endpoint: IInterfaceEndpoint | string): string | undefined {
  return Construct.isConstruct(endpoint) ? `\${${endpoint.node.path}}` : undefined;
}

function checkDescription(text: string): Problem | undefined {
  if (text.length >= 1 && text.length <= 1000) return undefined;
  return {
    problem: `description: ${text.length} characters, 1 to 1,000 are allowed`,
    remedy: "leave it out or shorten it",
  };
}
