import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { Call } from "../call";
import { AwsError } from "./aws-error";
import type { XmlElement } from "./query-action";
import { commonQueryForm, renderXml } from "./query-protocol";
import { isReadName, type RequestInput, type Service } from "./service";

/** What a REST request says, by the place where it says it. */
export interface RestInput {
  /** by the name in the braces of the operation's path */
  readonly path: Readonly<Record<string, string>>;
  /** of the query string; a parameter without a value is empty */
  readonly query: ReadonlyMap<string, string>;
  /** below the root element; empty if the operation takes no body */
  readonly body: XmlReader;
}

export interface RestAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: XmlElement;
}

/** An operation in two steps: read everything, then run; in between, what nobody read is refused. */
export interface RestOperation {
  readonly method: string;
  /** below the version: `/hostedzone/{Id}` */
  readonly path: string;
  /** the root element of the body; undefined: the operation takes none */
  readonly root?: string;
  readonly read: (input: RestInput) => (call: Call) => RestAnswer;
}

export interface RestXmlServiceOptions {
  /** the first part of every path, without slashes: `2013-04-01` */
  readonly version: string;
  readonly namespace: string;
  readonly operations: Readonly<Record<string, RestOperation>>;
}

/** A service in AWS's REST-XML protocol, the protocol of Route 53. */
export function restXmlService({ version, namespace, operations }: RestXmlServiceOptions): Service {
  return {
    operations: Object.keys(operations),
    operationAt(method, path) {
      const [pathname = ""] = path.split("?");
      return match(operations, method, pathname, `/${version}`)?.name;
    },
    ask({ method, path, text, target }) {
      // Not by URL: it would take "//x" for a host.
      const [pathname = "", ...search] = path.split("?");
      const found =
        target === undefined ? match(operations, method, decoded(pathname), `/${version}`) : undefined;
      if (!found) {
        throw new AwsError(
          "UnknownOperationException",
          `The sandbox does not serve ${method} ${path} here`,
          404,
        );
      }
      const { name, operation, parameters } = found;
      const query = new TrackedQuery(new URLSearchParams(search.join("?")));
      const body = operation.root === undefined ? new XmlReader({}, "") : parseXml(text, operation.root);
      const run = operation.read({ path: parameters, query, body });
      body.refuseUnread();
      query.refuseUnread();
      return {
        operation: name,
        isRead: isReadName(name),
        // What the path says goes before what the body says: it is what the operation acts upon.
        input: () => ({ ...body.content, ...parameters }),
        run: (call) => {
          const answer = run(call);
          const rendered = renderXml(answer.status ?? 200, {
            [`${name}Response`]: { "@xmlns": namespace, ...answer.body },
          });
          return { ...rendered, headers: { ...rendered.headers, ...answer.headers } };
        },
      };
    },
    error: (error, requestId) => renderXml(error.status, commonQueryForm(namespace).error(error, requestId)),
  };
}

/** Route 53's answer to what it cannot read or take. */
export const invalidInput = (message: string): AwsError => new AwsError("InvalidInput", message);

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalidInput("The path is not valid percent-encoding");
  }
}

function match(
  operations: RestXmlServiceOptions["operations"],
  method: string,
  path: string,
  prefix: string,
) {
  // Ids may come with the kind of what they name, which the path says already: /hostedzone//hostedzone/Z1.
  const parts = path
    .replace(/^\/+/, "/")
    .replaceAll(/\/(hostedzone|change)\/+\1\//g, "/$1/")
    .replace(/\/$/, "")
    .split("/");
  for (const [name, operation] of Object.entries(operations)) {
    const pattern = `${prefix}${operation.path}`.split("/");
    if (operation.method !== method || pattern.length !== parts.length) continue;
    const parameters: Record<string, string> = {};
    const fits = pattern.every((part, index) => {
      const given = parts[index] ?? "";
      if (!part.startsWith("{")) return part === given;
      parameters[part.slice(1, -1)] = given;
      return given !== "";
    });
    if (fits) return { name, operation, parameters };
  }
  return undefined;
}

/** Notes what was read, so that a parameter which nobody acts upon is never silently dropped. */
class TrackedQuery extends Map<string, string> {
  private readonly wasRead = new Set<string>();

  constructor(parameters: URLSearchParams) {
    super();
    for (const [name, value] of parameters) {
      if (this.has(name)) throw invalidInput(`The parameter ${name} is given twice`);
      this.set(name, value);
    }
  }

  override get(name: string): string | undefined {
    this.wasRead?.add(name);
    return super.get(name);
  }

  refuseUnread(): void {
    // The SDKs for Go and JavaScript say which operation they mean.
    for (const name of this.keys()) {
      if (!this.wasRead.has(name) && name !== "x-id") {
        throw invalidInput(`The parameter ${name} is not recognized`);
      }
    }
  }
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
  // Numbers of characters come with it; the SDK for Go writes a quote as &#34;.
  htmlEntities: true,
  isArray: () => true,
});

/** Reads a body with this root element. */
export function parseXml(text: string, root: string): XmlReader {
  const valid = XMLValidator.validate(text);
  if (text.trim() === "" || valid !== true || /<!DOCTYPE/i.test(text)) {
    // The validator repeats the tag or the tags that it stumbled over, which may be all of the body.
    const why = typeof valid === "object" ? `: ${valid.err.msg.slice(0, 200)}` : "";
    throw invalidInput(`Invalid XML${why}`);
  }
  const document = parsed(text);
  const elements = (document[root] ?? []) as readonly unknown[];
  if (elements.length !== 1) {
    throw invalidInput(
      `Invalid XML ; cvc-elt.1: Cannot find the declaration of element '${Object.keys(document)[0]}'.`,
    );
  }
  return new XmlReader(elements[0], root);
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return parser.parse(text) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw invalidInput(`Invalid XML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The elements of a body. It notes what was read, so that an element which nobody acts upon is refused. */
export class XmlReader {
  private readonly children: Readonly<Record<string, readonly unknown[]>>;
  private readonly readers = new Map<string, readonly XmlReader[]>();
  private readonly textRead = new Set<string>();

  constructor(
    node: unknown,
    private readonly path: string,
  ) {
    this.children =
      typeof node === "object" && node !== null ? (node as Readonly<Record<string, readonly unknown[]>>) : {};
  }

  /** All of it: the elements of each name, in lists; each a text, or again elements by name. */
  get content(): RequestInput {
    return this.children;
  }

  string(name: string): string | undefined {
    const elements = this.elements(name);
    if (elements.length > 1) throw invalidInput(`Invalid XML ; ${this.nameOf(name)} is given twice`);
    this.textRead.add(name);
    const [element] = elements;
    if (element === undefined) return undefined;
    if (typeof element === "object" && element !== null) {
      throw invalidInput(`Invalid XML ; ${this.nameOf(name)} holds other elements`);
    }
    return String(element);
  }

  required(name: string): string {
    const value = this.string(name);
    if (value !== undefined && value !== "") return value;
    throw invalidInput(
      `1 validation error detected: Value null at '${this.nameOf(name)}' failed to satisfy constraint: Member must not be null`,
    );
  }

  boolean(name: string): boolean | undefined {
    const text = this.string(name);
    if (text === undefined || text === "true" || text === "false") return text && text === "true";
    throw invalidInput(`Invalid XML ; '${text}' is not a valid value for 'boolean' at ${this.nameOf(name)}`);
  }

  integer(name: string): number | undefined {
    const text = this.string(name);
    if (text === undefined) return undefined;
    if (/^-?\d{1,10}$/.test(text)) return Number(text);
    throw invalidInput(`Invalid XML ; '${text}' is not a valid value for 'integer' at ${this.nameOf(name)}`);
  }

  /** The one element of this name, empty if there is none. */
  child(name: string): XmlReader {
    return this.all(name)[0] ?? new XmlReader({}, this.nameOf(name));
  }

  has(name: string): boolean {
    return this.elements(name).length > 0;
  }

  all(name: string): readonly XmlReader[] {
    const known = this.readers.get(name);
    if (known) return known;
    const made = this.elements(name).map((node) => new XmlReader(node, this.nameOf(name)));
    this.readers.set(name, made);
    return made;
  }

  /** The texts of the elements of this name. */
  strings(name: string): readonly string[] {
    this.textRead.add(name);
    return this.elements(name).map(String);
  }

  refuseUnread(): void {
    for (const name of Object.keys(this.children)) {
      if (name === "#text" || this.textRead.has(name)) continue;
      const readers = this.readers.get(name);
      if (!readers) throw invalidInput(`Invalid XML ; Unexpected element ${this.nameOf(name)}`);
      for (const reader of readers) reader.refuseUnread();
    }
  }

  private elements(name: string): readonly unknown[] {
    return Object.hasOwn(this.children, name) ? (this.children[name] ?? []) : [];
  }

  private nameOf(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }
}
