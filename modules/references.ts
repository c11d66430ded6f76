import { Lazy, TerraformElement, Token } from "cdktf";
import type { Construct } from "constructs";

/** What is asked of whatever makes resources when synthesis starts. */
export interface ReferencesProps {
  /** The texts that will stand in the resources. */
  readonly texts: () => readonly string[];
  /** Called when the stack is written. */
  readonly atTheEnd: () => void;
}

/**
 * Stands in a stack for resources that are made only when its synthesis starts. CDKTF looks for references to other
 * stacks before that, in elements that are there: without this one the outputs and remote states behind the
 * references would be missing. It writes nothing.
 */
export class References extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ReferencesProps,
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    const { texts, atTheEnd } = this.props;
    const found = ({ preparing }: { readonly preparing: boolean }): string[] | undefined => {
      if (preparing) return [...new Set(texts().filter((text) => Token.isUnresolved(text)))];
      atTheEnd();
      return undefined;
    };
    return { references: Lazy.anyValue({ produce: found }) };
  }
}
