import { AwsError, invalidParameterValue, missingParameter } from "./aws-error";

interface FormNode {
  value?: string;
  isRead: boolean;
  readonly children: Map<string, FormNode>;
}

const maxDepth = 10;

const malformed = (what: string): AwsError =>
  new AwsError("MalformedQueryString", `The query string contains a syntax error: ${what}`);

/** Reads a form body with names such as `IpPermissions.1.IpRanges.1.CidrIp` into a tree. */
export function parseQueryParameters(body: string): QueryParameters {
  // URLSearchParams takes anything; broken escapes have to be found before.
  try {
    decodeURIComponent(body);
  } catch {
    throw malformed("broken percent-encoding");
  }
  const root = newNode();
  for (const [name, value] of new URLSearchParams(body)) {
    const parts = name.split(".");
    if (parts.length > maxDepth || parts.includes("")) throw malformed(name.slice(0, 100));
    let node = root;
    for (const part of parts) {
      const child: FormNode = node.children.get(part) ?? newNode();
      node.children.set(part, child);
      node = child;
    }
    if (node.value !== undefined) throw malformed(`${name} is given twice`);
    node.value = value;
  }
  return new QueryParameters(root, "");
}

const newNode = (): FormNode => ({ isRead: false, children: new Map() });

/**
 * The parameters of a request in the query protocol. It notes what was read, so that a parameter which an action
 * does not act upon is refused and never silently dropped.
 */
export class QueryParameters {
  constructor(
    private readonly node: FormNode,
    private readonly path: string,
  ) {}

  string(name: string): string | undefined {
    const child = this.node.children.get(name);
    if (child) child.isRead = true;
    return child?.value;
  }

  required(name: string): string {
    const value = this.string(name);
    if (value === undefined || value === "") throw missingParameter(this.nameOf(name));
    return value;
  }

  integer(name: string): number | undefined {
    const text = this.string(name);
    if (text === undefined) return undefined;
    if (!/^-?\d{1,9}$/.test(text)) {
      throw invalidParameterValue(`Invalid value '${text}' for ${this.nameOf(name)}: an integer is expected`);
    }
    return Number(text);
  }

  boolean(name: string): boolean | undefined {
    const text = this.string(name);
    if (text === undefined) return undefined;
    if (text !== "true" && text !== "false") {
      throw invalidParameterValue(
        `Invalid value '${text}' for ${this.nameOf(name)}: true or false is expected`,
      );
    }
    return text === "true";
  }

  /** `Name.1`, `Name.2`, ... */
  strings(name: string): readonly string[] {
    return this.items(name).map(([index]) => this.child(name).required(index));
  }

  /** `Name.1.X`, `Name.2.X`, ... */
  list<Item>(name: string, read: (item: QueryParameters) => Item): readonly Item[] {
    return this.items(name).map(([index]) => read(this.child(name).child(index)));
  }

  /** The parameters below `Name.` */
  child(name: string): QueryParameters {
    return new QueryParameters(this.node.children.get(name) ?? newNode(), this.nameOf(name));
  }

  refuseUnread(): void {
    if (this.node.value !== undefined && !this.node.isRead) {
      throw new AwsError("UnknownParameter", `The parameter ${this.path} is not recognized`);
    }
    for (const name of this.node.children.keys()) this.child(name).refuseUnread();
  }

  private items(name: string): readonly (readonly [string, FormNode])[] {
    const items = [...(this.node.children.get(name)?.children ?? [])];
    const odd = items.find(([index]) => !/^[1-9]\d{0,5}$/.test(index));
    if (odd) throw malformed(`${this.nameOf(name)}.${odd[0]}`);
    return items.sort(([a], [b]) => Number(a) - Number(b));
  }

  private nameOf(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }
}
