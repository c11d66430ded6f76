import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { isKnown } from "./known";
import { literal } from "./literal";

/** What is known of a value that only Terraform knows. */
export interface StandInOptions {
  /**
   * A name for the value that is the same in every run and ends where no other goes on.
   * @default - the expression as Terraform will read it
   */
  readonly name?: string | undefined;
  /**
   * The longest text that the value may turn out to be, as policies are limited in bytes; by the expression that stands
   * in for it, where that tells.
   * @default - counted at the length of its stand-in
   */
  readonly longest?: string | ((expression: string) => string) | undefined;
}

/** A token as CDKTF writes it into a text. */
const tokenInText = /(\$\{TfToken\[[^\]]+\]\})/;

/**
 * Values that only Terraform knows, in the texts of policies. While a policy is put together and sorted, a name that
 * does not change from run to run stands for each: a token's own text counts the tokens made before it, and would
 * sort differently. One set of stand-ins serves any number of texts.
 */
export class StandIns {
  /** What stands behind each stand-in, which is kept as a JSON text has it. */
  private readonly values = new Map<string, { readonly token: string; readonly longest: string }>();
  private anyStandIn: RegExp | undefined;

  /** @param scope the construct whose policy it is; tokens are resolved as seen from there. */
  constructor(private readonly scope: IConstruct) {}

  /** The text itself if it is known now, else what stands for it until `fill`. */
  standIn(text: string, { name, longest }: StandInOptions = {}): string {
    if (isKnown(text)) return text;
    const standIn = name ?? this.resolved(text);
    const inJson = JSON.stringify(standIn).slice(1, -1);
    const most = typeof longest === "function" ? longest(standIn) : longest;
    this.values.set(inJson, { token: text, longest: most ?? inJson });
    this.anyStandIn = undefined;
    return standIn;
  }

  /** A text that people read, with what stands for the tokens in it and nothing that Terraform takes for a template. */
  describe(description: string, options?: StandInOptions): string {
    return description
      .split(tokenInText)
      .map((part) => (Token.isUnresolved(part) ? this.standIn(part, options) : literal(part)))
      .join("");
  }

  /**
   * A JSON text with the tokens in place of what stands for them. A quote inside an expression belongs to Terraform
   * and not to the JSON around it, so tokens are put in as they are.
   */
  fill(text: string): string {
    return this.replace(text, ({ token }) => token);
  }

  /** A JSON text at the longest that it may turn out to be. */
  longest(text: string): string {
    return this.replace(text, ({ longest }) => longest);
  }

  private replace(text: string, by: (value: { token: string; longest: string }) => string): string {
    if (this.values.size === 0) return text;
    this.anyStandIn ??= new RegExp([...this.values.keys()].map(escapeForRegExp).join("|"), "g");
    return text.replace(this.anyStandIn, (standIn) => {
      const value = this.values.get(standIn);
      return value ? by(value) : standIn;
    });
  }

  private resolved(text: string): string {
    const resolver = new DefaultTokenResolver(new StringConcat());
    return String(Tokenization.resolve(text, { scope: this.scope, preparing: false, resolver }));
  }
}

const escapeForRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
