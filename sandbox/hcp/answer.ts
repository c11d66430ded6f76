/** What is answered: JSON:API, or the bytes of a state. */
export interface HcpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
}

/** A refusal as HCP Terraform has it: `{"errors": [{"status": "404", "title": "not found"}]}`. */
export class HcpError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    detail?: string,
  ) {
    super(detail ?? title);
    this.name = "HcpError";
  }
}

/** Nothing is there, or whoever asks may not see it. */
export const notFound = (): HcpError => new HcpError(404, "not found");

export const conflict = (detail: string): HcpError => new HcpError(409, "conflict", detail);

export const unprocessable = (detail: string): HcpError => new HcpError(422, "invalid attribute", detail);

export const ok = (data: unknown, more: object = {}): HcpAnswer => ({ status: 200, body: { data, ...more } });

export const created = (data: unknown): HcpAnswer => ({ status: 201, body: { data } });

export const nothing: HcpAnswer = { status: 204 };

/** Everything on one page: there are few. */
export const list = (data: readonly unknown[]): HcpAnswer =>
  ok(data, {
    meta: {
      pagination: {
        "current-page": 1,
        "page-size": 100,
        "prev-page": null,
        "next-page": null,
        "total-pages": 1,
        "total-count": data.length,
      },
    },
  });

/** What was sent, as JSON:API has it. */
export interface Sent {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, unknown>>;
  /** where data is a list */
  readonly items: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
}

export function sentIn(body: string): Sent {
  let data: unknown;
  try {
    data = (JSON.parse(body) as { readonly data?: unknown }).data;
  } catch {
    throw new HcpError(400, "bad request", "the body is not JSON");
  }
  const items = Array.isArray(data) ? (data as Sent["items"]) : [];
  const one = (Array.isArray(data) ? {} : (data ?? {})) as Partial<Sent>;
  return { attributes: one.attributes ?? {}, relationships: one.relationships ?? {}, items };
}
