import { XMLParser } from "fast-xml-parser";
import { validationError } from "../protocol/aws-error";

type Element = Readonly<Record<string, unknown>>;

/**
 * Refuses metadata that is not an identity provider's: its IDPSSODescriptor has to yield the URL to sign on at and a
 * certificate (answers seen from the service).
 */
export function refuseUselessMetadata(metadata: string): void {
  const descriptors = elementsNamed(read(metadata), "IDPSSODescriptor");
  const url = descriptors
    .flatMap((descriptor) => elementsNamed(descriptor, "SingleSignOnService"))
    .map((service) => (isElement(service) ? service["Location"] : undefined))
    .find((location) => typeof location === "string" && location !== "");
  const certificate = descriptors
    .flatMap((descriptor) => elementsNamed(descriptor, "X509Certificate"))
    .find((text) => typeof text === "string" && text !== "");
  const problems = [
    ...(url === undefined ? ["$.IdpURL: null found, string expected"] : []),
    ...(certificate === undefined ? ["$.Cert: null found, string expected"] : []),
  ];
  if (problems.length > 0) throw validationError(`Policy json is invalid, error: [${problems.join(", ")}]`);
}

function read(metadata: string): unknown {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
  });
  try {
    return parser.parse(metadata, true);
  } catch {
    // Text that is no XML, or is nested beyond reason: nothing can be found in it.
    return {};
  }
}

const isElement = (value: unknown): value is Element =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** All elements of a name below another, however deep; an element without attributes is its text. */
function elementsNamed(root: unknown, name: string): readonly unknown[] {
  const found: unknown[] = [];
  const left: unknown[] = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (Array.isArray(value)) left.push(...value);
    if (!isElement(value)) continue;
    for (const [key, member] of Object.entries(value)) {
      if (key === name) found.push(...(Array.isArray(member) ? member : [member]));
      else left.push(member);
    }
  }
  return found;
}
