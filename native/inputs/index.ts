import { collectionInputs } from "./collections";
import { dataAccessInputs } from "./data-access";
import { endpointInputs } from "./endpoints";
import { grantInputs } from "./grants";
import type { Inputs } from "./input";
import { namingInputs } from "./naming";

/** All inputs of the module, in the order that people read them in. */
export const inputs: Inputs = {
  ...namingInputs,
  ...endpointInputs,
  ...grantInputs,
  ...collectionInputs,
  ...dataAccessInputs,
};
