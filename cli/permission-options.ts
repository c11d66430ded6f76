import type { Feature, PermissionVariant } from "../service";

export const permissionFormats = ["json", "hcl", "tf-json", "markdown"] as const;

export type PermissionFormat = (typeof permissionFormats)[number];

export interface PermissionsCommandOptions {
  readonly file?: string;
  /** The access file as it was applied last. */
  readonly before?: string;
  readonly variant: PermissionVariant;
  readonly feature?: readonly Feature[];
  readonly account?: string;
  readonly region?: readonly string[];
  readonly collection?: readonly string[];
  readonly collectionId?: readonly string[];
  readonly vpc?: readonly string[];
  readonly kmsKey?: readonly string[];
  readonly format?: PermissionFormat;
  /** From 1. */
  readonly policy?: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}
