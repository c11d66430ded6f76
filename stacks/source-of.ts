import type { SourceEntry } from "../config";
import { Source } from "../modules";

/** The source that an entry of `allow` means. */
export function sourceOf(entry: SourceEntry): Source {
  const options = entry.description ? { description: entry.description } : {};
  if (entry.securityGroup !== undefined) return Source.securityGroup(entry.securityGroup, options);
  if (entry.prefixList !== undefined) return Source.prefixList(entry.prefixList, options);
  return Source.cidr(entry.cidr ?? "", { ...options, allowAnywhere: entry.allowAnywhere ?? false });
}
