import type { Call } from "../call";
import { notFoundError, quotaError, validationError } from "../protocol/aws-error";

export interface Tag {
  readonly key: string;
  readonly value: string;
}

interface TagResourceRequest {
  readonly resourceArn: string;
  readonly tags: readonly Tag[];
}

interface UntagResourceRequest {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
}

/** API model 2021-11-01 and the general limit of AWS tags. */
const maxTags = 50;

export function tagResource(call: Call, { resourceArn, tags }: TagResourceRequest): object {
  requireTaggable(call, resourceArn);
  checkTags(tags);
  const merged = new Map([...(call.state.tags.get(resourceArn) ?? []), ...entriesOf(tags)]);
  if (merged.size > maxTags) throw quotaError(`A resource cannot have more than ${maxTags} tags`);
  setTags(call, resourceArn, merged);
  return {};
}

export function untagResource(call: Call, { resourceArn, tagKeys }: UntagResourceRequest): object {
  requireTaggable(call, resourceArn);
  const left = new Map(call.state.tags.get(resourceArn));
  for (const key of tagKeys) left.delete(key);
  setTags(call, resourceArn, left);
  return {};
}

export function listTagsForResource(call: Call, { resourceArn }: { readonly resourceArn: string }): object {
  requireTaggable(call, resourceArn);
  return { tags: tagsOf(call, resourceArn) };
}

/** The tags of a collection or group, as the API shows them. */
export const tagsOf = (call: Call, arn: string): readonly Tag[] =>
  [...(call.state.tags.get(arn) ?? [])].map(([key, value]) => ({ key, value }));

/** Tags that are given when something is made; check them before. */
export const tagNew = (call: Call, arn: string, tags: readonly Tag[]): void =>
  setTags(call, arn, new Map(entriesOf(tags)));

/** Throws ValidationException for tags that AWS takes nowhere; lengths and number are the wire model's. */
export function checkTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice !== undefined) throw validationError(`tags: the key '${twice}' is given twice`);
  const reserved = keys.find((key) => /^aws:/i.test(key));
  if (reserved !== undefined) {
    throw validationError(`tags: the key '${reserved}' begins with aws:, which is reserved for AWS`);
  }
}

const entriesOf = (tags: readonly Tag[]) => tags.map(({ key, value }) => [key, value] as const);

function setTags(call: Call, arn: string, tags: Map<string, string>): void {
  if (tags.size > 0) call.state.tags.set(arn, tags);
  else call.state.tags.delete(arn);
}

function requireTaggable(call: Call, arn: string): void {
  const { collections, collectionGroups } = call.state;
  if (!/^arn:[a-z-]+:aoss:[a-z0-9-]+:\d{12}:(?:collection|collection-group)\/[a-z0-9]+$/.test(arn)) {
    throw validationError(`Invalid resource ARN: ${arn}`);
  }
  const id = arn.slice(arn.lastIndexOf("/") + 1);
  if (collections.get(id)?.arn === arn || collectionGroups.get(id)?.arn === arn) return;
  throw notFoundError(`Resource with ARN ${arn} is not found`);
}
