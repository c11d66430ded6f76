import type { Call } from "../call";
import { AwsError } from "../protocol/aws-error";
import type { XmlElement } from "../protocol/query-action";
import { invalidInput, type RestOperation } from "../protocol/rest-xml";
import { requireOwnZone, requireZone } from "./zones";

/** Route 53 takes up to 10 tags for each zone (developer guide, quotas), as many more as another quota allows. */
const maxTags = 10;

export const listTagsForResource: RestOperation = {
  method: "GET",
  path: "/tags/{ResourceType}/{ResourceId}",
  read: ({ path: { ResourceType: type = "", ResourceId: id = "" } }) => {
    requireZoneType(type);
    return (call) => ({ body: { ResourceTagSet: describe(call, id) } });
  },
};

export const listTagsForResources: RestOperation = {
  method: "POST",
  path: "/tags/{ResourceType}",
  root: "ListTagsForResourcesRequest",
  read: ({ path: { ResourceType: type = "" }, body }) => {
    requireZoneType(type);
    const ids = body.child("ResourceIds").strings("ResourceId");
    if (ids.length < 1 || ids.length > 10) throw invalidInput("ResourceIds must hold 1 to 10 ids");
    return (call) => ({
      body: { ResourceTagSets: { ResourceTagSet: ids.map((id) => describe(call, id)) } },
    });
  },
};

export const changeTagsForResource: RestOperation = {
  method: "POST",
  path: "/tags/{ResourceType}/{ResourceId}",
  root: "ChangeTagsForResourceRequest",
  read: ({ path: { ResourceType: type = "", ResourceId: id = "" }, body }) => {
    requireZoneType(type);
    const added = body
      .child("AddTags")
      .all("Tag")
      .map((tag) => [tag.required("Key"), tag.string("Value") ?? ""] as const);
    const removed = body.child("RemoveTagKeys").strings("Key");
    for (const [key, value] of added) {
      if (key.length > 128 || value.length > 256 || key.toLowerCase().startsWith("aws:")) {
        throw invalidInput(`The tag '${key.slice(0, 128)}' is not valid`);
      }
    }
    return (call) => {
      const { tags } = requireOwnZone(call, id);
      const kept = [...tags].filter(([key]) => !removed.includes(key));
      const merged = new Map([...kept, ...added]);
      if (merged.size > maxTags) throw invalidInput(`A hosted zone takes ${maxTags} tags`);
      tags.clear();
      for (const [key, value] of merged) tags.set(key, value);
      return { body: {} };
    };
  },
};

function describe(call: Call, id: string): XmlElement {
  requireZone(call, id);
  const tags = call.accountState.hostedZones.get(id)?.tags ?? new Map<string, string>();
  return {
    ResourceType: "hostedzone",
    ResourceId: id,
    Tags: { Tag: [...tags].map(([Key, Value]) => ({ Key, Value })) },
  };
}

function requireZoneType(type: string): void {
  if (type === "hostedzone") return;
  throw new AwsError("InvalidInput", `The sandbox has no resources of the type '${type}'`);
}
