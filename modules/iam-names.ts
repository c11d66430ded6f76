import type { Problem } from "../service";

// Names and paths of IAM: API reference of IAM, CreatePolicy and CreateRole.

/** @param what what it is the name of: `role` */
export function checkIamName(what: string, name: string, maxLength: number): Problem | undefined {
  if (name.length < 1 || name.length > maxLength) {
    return {
      problem: `${what} "${name}": ${name.length} characters, 1 to ${maxLength} are allowed`,
      remedy: name === "" ? "give one" : "shorten it",
    };
  }
  const [wrong] = /[^\w+=,.@-]/u.exec(name) ?? [];
  if (wrong === undefined) return undefined;
  return {
    problem: `${what} "${name}": "${wrong}" is not allowed`,
    remedy: "use letters, digits and _+=,.@-",
  };
}

/** `/` or `/deployment/search/`. */
export function checkIamPath(path: string): Problem | undefined {
  if (path.length <= 512 && /^(?:\/[A-Za-z0-9.,+@=_-]+)*\/$/.test(path)) return undefined;
  return {
    problem: `path "${path}": not a path of IAM`,
    remedy:
      'begin and end it with a slash, as in "/deployment/"; letters, digits and .,+@=_- between slashes',
  };
}
