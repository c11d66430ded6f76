import type { Call } from "../call";
import type { QueryParameters } from "./query-parameters";

/** An element of an XML answer; a list is `{ item: [...] }`, and undefined is left out. */
export type XmlValue = string | number | boolean | undefined | XmlElement | readonly XmlValue[];
export interface XmlElement {
  readonly [name: string]: XmlValue;
}

export type QueryAction = (parameters: QueryParameters, call: Call) => XmlElement;

/**
 * An action in two steps: read every parameter, then run. In between, a parameter that nobody read is refused,
 * while nothing has changed yet.
 */
export const queryAction =
  <Input>(
    read: (parameters: QueryParameters, call: Call) => Input,
    run: (call: Call, input: Input) => XmlElement,
  ): QueryAction =>
  (parameters, call) => {
    const input = read(parameters, call);
    parameters.refuseUnread();
    return run(call, input);
  };

/** How EC2 writes a list. */
export const xmlList = (items: readonly XmlValue[]): XmlElement => ({ item: items });
