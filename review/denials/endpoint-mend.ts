import { type LostEndpoint, resourcesIn, type State, type SynthesizedConfig } from "../../terraform";

/** Where the resource of an endpoint stands. */
export interface EndpointPlace {
  readonly region?: string;
  /** The working folder of the stack, as from the current one. */
  readonly folder?: string;
  /** Name or path of the binary. @default - terraform */
  readonly binary?: string;
  readonly config?: SynthesizedConfig;
  /** The state after the run; missing where it could not be read. */
  readonly state?: State;
}

/** A command and what it is for. */
export interface MendingCommand {
  readonly purpose: string;
  readonly command: string;
}

/** An endpoint that AWS has and the state lacks, or holds as broken; with the commands that mend it, in order. */
export interface UnsavedEndpoint extends LostEndpoint {
  readonly why: string;
  readonly commands: readonly MendingCommand[];
  /** What to know before the commands are run. */
  readonly note?: string;
}

/** What brings an endpoint into the state; undefined where the state has it already, as after a read that failed. */
export function endpointMend(lost: LostEndpoint, place: EndpointPlace): UnsavedEndpoint | undefined {
  const held = lost.address === undefined ? undefined : heldIn(place.state, lost.address);
  if (held?.tainted) return untaint(lost, place);
  if (held) return undefined;
  const { name, vpc } = configured(lost, place.config);
  const inVpc = vpc === undefined ? "" : ` in ${vpc}`;
  const known = { ...lost, ...(name === undefined ? {} : { name }), ...(vpc === undefined ? {} : { vpc }) };
  const unsure = place.state === undefined && !lost.isConflict;
  const address = lost.address ?? "ADDRESS";
  const importing = {
    purpose: "take it into the state",
    command: terraform(place, "import", quoted(address), lost.id ?? "ID"),
  };
  const finding = { purpose: "find its id and name", command: findCommand(vpc, name, place.region) };
  return {
    ...known,
    why: lost.isConflict
      ? `there is one${inVpc} already and the state does not have it: a VPC takes one, and one of a name is all there can be`
      : unsure
        ? `it was made${inVpc}; unless the state has it, the next run will make another and be refused`
        : `it was made${inVpc} and is not in the state: the next run would make another and be refused`,
    commands: lost.id === undefined ? [finding, importing] : [importing],
    ...(lost.isConflict
      ? {
          note: `only if it is this stack's own${name === undefined ? "" : `, named ${name}`}; one that others keep is used by its id instead: in the access file an endpoint with id: in place of vpc:`,
        }
      : unsure
        ? { note: `${terraform(place, "state", "list")} tells whether the state has it` }
        : {}),
  };
}

function untaint(lost: LostEndpoint, place: EndpointPlace): UnsavedEndpoint {
  return {
    ...lost,
    why: "it was made, but the run could not see it become ready: the state has it as tainted, and the next run would replace it, with private access down meanwhile",
    commands: [
      {
        purpose: "keep it",
        command: terraform(place, "untaint", quoted(lost.address ?? "ADDRESS")),
      },
    ],
  };
}

function heldIn(state: State | undefined, address: string) {
  if (!state?.values) return undefined;
  return [...resourcesIn(state.values.root_module)].find((resource) => resource.address === address);
}

/** What the errors do not tell may stand in the configuration, where it is no reference. */
function configured({ address = "", name, vpc }: LostEndpoint, config: SynthesizedConfig | undefined) {
  const { name: nameThere, vpc_id } = config?.get(address)?.attributes ?? {};
  return { name: name ?? literal(nameThere), vpc: vpc ?? literal(vpc_id) };
}

const literal = (value: unknown): string | undefined =>
  typeof value === "string" && !value.includes("${") ? value : undefined;

/** OpenSearch Serverless lists endpoints without their VPC, and looks one up by nothing but its id (API model 2021-11-01). */
function findCommand(vpc: string | undefined, name: string | undefined, region: string | undefined): string {
  const aws = `aws opensearchserverless`;
  const where = region === undefined ? "" : ` --region ${region}`;
  if (vpc === undefined) {
    const filter = name === undefined ? "" : `?name=='${name}'`;
    return `${aws} list-vpc-endpoints${where} --output text --query "vpcEndpointSummaries[${filter}].[id,name]"`;
  }
  const all = `$(${aws} list-vpc-endpoints${where} --output text --query "vpcEndpointSummaries[].id")`;
  return `${aws} batch-get-vpc-endpoint${where} --ids ${all} --output text --query "vpcEndpointDetails[?vpcId=='${vpc}'].[id,name]"`;
}

const terraform = ({ binary = "terraform", folder }: EndpointPlace, ...words: readonly string[]): string =>
  [quoted(binary), ...(folder === undefined ? [] : [quoted(`-chdir=${folder}`)]), ...words].join(" ");

/** For a POSIX shell; addresses of instances have brackets and quotes in them. */
const quoted = (word: string): string =>
  /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
