const idStarts: readonly (readonly [RegExp, string])[] = [
  [/vpc_endpoint$/, "vpce-"],
  [/security_group$/, "sg-"],
  [/_vpc$/, "vpc-"],
];

const start = "\uE000";
const mark = /\uE000(\d+)\uE001/g;
const wholeMark = /^\uE000(\d+)\uE001$/;

/** What a name such as `<id of apps>` stands for. */
export interface NamedAttribute {
  readonly address: string;
  readonly attribute: string;
}

/**
 * Values that are not known stand as marks in the values that are: a mark survives within other text, in JSON too,
 * and equals itself alone. Only when everything is read do marks get names such as `<id of apps>`, since only then
 * it is known which names are taken twice.
 */
export class Unknowns {
  /** What each is called, from the shortest name to the one that nothing else has. */
  private readonly all: (readonly string[])[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly expressions = new Set<string>();
  private readonly attributes: {
    readonly mark: string;
    readonly address: string;
    readonly attribute: string;
  }[] = [];
  private called: string[] | undefined;

  /** An attribute of a resource; `shortName` is what a reader would call the resource. */
  attribute(label: string, address: string, attribute: string, shortName: string): string {
    const of = (name: string) => `<${attribute} of ${name}>`;
    const names = [of(shortName), of(address), of(`${label}: ${address}`)];
    const known = this.numbers.size;
    const mark = this.mark(`attribute ${label} ${address} ${attribute}`, names);
    if (this.numbers.size > known) this.attributes.push({ mark, address, attribute });
    return mark;
  }

  /** A value that comes from outside, such as `var.vpc_id`. */
  outside(label: string, text: string): string {
    const names = [`<${readable(text)}>`, `<${label}: ${readable(text)}>`];
    return this.mark(`outside ${label} ${text}`, names);
  }

  /** An expression that is not followed: it may equal anything. */
  expression(label: string, text: string): string {
    const names = [`<${readable(text)}>`, `<${label}: ${readable(text)}>`];
    const made = this.mark(`expression ${label} ${text}`, names);
    this.expressions.add(made);
    return made;
  }

  isExpression(value: unknown): boolean {
    return typeof value === "string" && this.expressions.has(value);
  }

  /** How the id that a mark stands for surely starts: `vpce-`; nothing where it may be empty. */
  startOfId(value: string): string | undefined {
    const number = wholeMark.exec(value)?.[1];
    const [name = "", address = ""] = number === undefined ? [] : (this.all[Number(number)] ?? []);
    if (!name.startsWith("<id of ")) return undefined;
    const type = /(?:^|\.|<id of )(aws_\w+)\./.exec(address)?.[1] ?? "";
    return idStarts.find(([pattern]) => pattern.test(type))?.[1];
  }

  /** By their names, the marks that stand for an attribute of a resource. */
  namedAttributes(): ReadonlyMap<string, NamedAttribute> {
    return new Map(
      this.attributes.map(({ mark, address, attribute }) => [this.named(mark), { address, attribute }]),
    );
  }

  /** A text with names in place of marks. */
  named(text: string): string {
    this.called ??= this.callAll();
    const { called } = this;
    return text.replace(mark, (_, number: string) => called[Number(number)] ?? "<unknown>");
  }

  /** Any plain value with names in place of marks; parts without any are the same objects as before. */
  namedIn<T>(value: T): T {
    if (this.all.length === 0) return value;
    if (typeof value === "string") return (value.includes(start) ? this.named(value) : value) as T;
    if (typeof value !== "object" || value === null) return value;
    return (Array.isArray(value) ? this.namedItems(value) : this.namedMembers(value)) as T;
  }

  private namedItems(list: readonly unknown[]): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let index = 0; index < list.length; index += 1) {
      const item = this.namedIn(list[index]);
      if (item === list[index]) continue;
      copy ??= [...list];
      copy[index] = item;
    }
    return copy ?? list;
  }

  private namedMembers(object: object): object {
    const values = object as Readonly<Record<string, unknown>>;
    // in most objects there is nothing to name: they are looked through without making anything
    let entries: [string, unknown][] | undefined;
    let index = 0;
    for (const key in values) {
      const [name, value] = [this.namedIn(key), this.namedIn(values[key])];
      if (name !== key || value !== values[key]) {
        entries ??= Object.entries(values);
        entries[index] = [name, value];
      }
      index += 1;
    }
    return entries ? Object.fromEntries(entries) : object;
  }

  private mark(key: string, names: readonly string[]): string {
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.all.push(names) - 1;
      this.numbers.set(key, number);
      this.called = undefined;
    }
    return `\uE000${number}\uE001`;
  }

  /** Each gets the first of its names that no other could have. */
  private callAll(): string[] {
    const owners = new Map<string, number>();
    for (const names of this.all) {
      for (const name of new Set(names)) owners.set(name, (owners.get(name) ?? 0) + 1);
    }
    return this.all.map((names) => names.find((name) => owners.get(name) === 1) ?? names.at(-1) ?? "");
  }
}

/** Whether a value is not known as a whole. */
export const isUnknown = (value: unknown): value is string =>
  typeof value === "string" && wholeMark.test(value);

/** Whether part of a text is not known. */
export const hasUnknown = (value: unknown): boolean =>
  typeof value === "string" && /\uE000\d+\uE001/.test(value);

/** An expression as it stands within `<…>` and within JSON: one line, no quotes. */
const readable = (text: string): string =>
  text.replace(/\s+/g, " ").replaceAll('"', "'").replaceAll("\\", "/");
