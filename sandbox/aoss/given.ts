/** A request without its null members, at any depth: in AWS's JSON protocols they count as absent. */
export function given<Request>(request: Request): Request {
  return withoutNulls(request) as Request;
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNulls);
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}
