import {
  checkArray,
  checkBoolean,
  checkObject,
  checkRules,
  checkString,
  type JsonObject,
  type Problems,
} from "./policy-document-check";

const sourceVpcePattern = /^vpce-[a-zA-Z0-9]{8,20}$/;

/** The services that AWS's documentation shows; a Lambda principal was seen to be refused. */
const sourceServices = [
  "aoss.amazonaws.com",
  "application.opensearchservice.amazonaws.com",
  "bedrock.amazonaws.com",
];

/**
 * What is wrong with a network policy document; empty if nothing is. A network policy is an array of blocks, each
 * with Rules and either AllowFromPublic true and no source, or false and at least one source (AWS documentation of
 * network access, and answers seen from the service).
 */
export function networkPolicyProblems(document: unknown): readonly string[] {
  const problems: Problems = { found: [] };
  for (const block of checkArray(problems, "$", document)) {
    const members = checkObject(problems, block.path, block.value, {
      required: ["Rules", "AllowFromPublic"],
      optional: ["Description", "SourceVPCEs", "SourceServices"],
    });
    if (members) checkBlock(problems, block.path, members);
  }
  return problems.found;
}

function checkBlock(problems: Problems, path: string, block: JsonObject): void {
  const { Description: description, Rules: rules, AllowFromPublic: isPublic } = block;
  if (description !== undefined) checkString(problems, `${path}.Description`, description);
  if (rules !== undefined) checkRules(problems, `${path}.Rules`, rules, ["collection", "dashboard"]);
  checkSources(problems, path, block);
  if (isPublic === undefined || !checkBoolean(problems, `${path}.AllowFromPublic`, isPublic)) return;

  const given = ["SourceVPCEs", "SourceServices"].filter((key) => block[key] !== undefined);
  if (isPublic && given.length > 0) {
    problems.found.push(`${path}.AllowFromPublic: must be a constant value false`);
  }
  // An empty list names nobody: AWS shows it beside SourceServices in answers, never alone.
  const named = given.filter((key) => !Array.isArray(block[key]) || (block[key] as unknown[]).length > 0);
  if (!isPublic && named.length === 0) {
    problems.found.push(`${path}.AllowFromPublic: must be a constant value true`);
  }
}

function checkSources(problems: Problems, path: string, block: JsonObject): void {
  const { SourceVPCEs: endpoints, SourceServices: services } = block;
  if (endpoints !== undefined) {
    for (const endpoint of checkArray(problems, `${path}.SourceVPCEs`, endpoints, 0)) {
      checkString(problems, endpoint.path, endpoint.value, { pattern: sourceVpcePattern });
    }
  }
  if (services === undefined) return;
  const names = checkArray(problems, `${path}.SourceServices`, services, 0)
    .filter((service) => checkString(problems, service.path, service.value))
    .map((service) => String(service.value));
  const unknown = names.filter((name) => !sourceServices.includes(name));
  if (unknown.length > 0) problems.found.push(`Invalid SourceServices: [${unknown.join(", ")}]`);
}
