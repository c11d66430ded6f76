import Ajv, { type DefinedError, type SchemaObject } from "ajv";

/** What is wrong with a document by its schema, in AWS's words; empty if nothing is. */
export type DocumentCheck = (document: unknown) => readonly string[];

/** A check against a JSON Schema, which is compiled when the first document comes. */
export function documentCheck(schema: SchemaObject): DocumentCheck {
  let validate: ReturnType<Ajv["compile"]> | undefined;
  return (document) => {
    // Keywords are set apart from their type where a policy kind has conditions.
    validate ??= new Ajv({ allErrors: true, verbose: true, strictTypes: false }).compile(schema);
    if (validate(document)) return [];
    return problemsOf((validate.errors ?? []) as DefinedError[]);
  };
}

function problemsOf(errors: readonly DefinedError[]): readonly string[] {
  const ofWrongType = new Set(
    errors.filter(({ keyword }) => keyword === "type").map(({ instancePath }) => instancePath),
  );
  const problems = errors
    .filter((error) => error.keyword === "type" || !ofWrongType.has(error.instancePath))
    .flatMap((error) => problemOf(error));
  return [...new Set(problems)];
}

/** A finding in the words of the networknt validator, which OpenSearch Serverless shows through. */
function problemOf(error: DefinedError): readonly string[] {
  const path = jsonPath(error.instancePath);
  switch (error.keyword) {
    case "type":
      return [`${path}: ${typeName(error.data)} found, ${error.params.type} expected`];
    case "required":
      return [`${path}.${error.params.missingProperty}: is missing but it is required`];
    case "additionalProperties":
      return [
        `${path}.${error.params.additionalProperty}: is not defined in the schema and the schema does not allow additional properties`,
      ];
    case "enum":
      return [
        `${path}: does not have a value in the enumeration [${(error.params.allowedValues as unknown[]).join(", ")}]`,
      ];
    case "const":
      return [`${path}: must be a constant value ${error.params.allowedValue}`];
    case "pattern":
      return [`${path}: does not match the regex pattern ${error.params.pattern}`];
    case "minItems":
      return [`${path}: there must be a minimum of ${error.params.limit} items in the array`];
    case "not":
      return [`${path}: should not be valid to the schema "not" : ${JSON.stringify(error.schema)}`];
    case "oneOf":
      return error.params.passingSchemas === null
        ? []
        : [`${path}: should be valid to one and only one of schema, but more than one are valid`];
    // What failed inside of these is reported by itself.
    case "anyOf":
    case "if":
      return [];
    default:
      throw new Error(`no words for the keyword ${error.keyword}`);
  }
}

/** `$[0].Rules[1].Resource` of `/0/Rules/1/Resource`; no member of a policy document is a number. */
const jsonPath = (pointer: string): string =>
  `$${pointer.replace(/\/([^/]+)/g, (_all, step: string) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))}`;

const typeName = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "array"
      : Number.isInteger(value)
        ? "integer"
        : typeof value;
