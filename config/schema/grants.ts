import { z } from "zod";
import { checkGrant } from "../../service";
import {
  always,
  collections,
  from,
  meant,
  policyDescription,
  report,
  services,
  wishedLength,
} from "./fields";

/** One grant. */
export const grantEntry = z
  .strictObject({
    collections: collections("Collections by name or prefix; they need not exist yet"),
    dashboards: z
      .boolean()
      .default(false)
      .meta({ description: "Whether the endpoints reach the collections' dashboards too" }),
    from,
    services,
    description: policyDescription("network policy"),
  })
  .superRefine((entry, context) => {
    report(
      context,
      checkGrant({
        collections: Array.isArray(entry.collections) ? entry.collections.length : 1,
        dashboards: entry.dashboards === true,
        endpoints: wishedLength(meant(entry, "from", context)),
        services: wishedLength(meant(entry, "services", context)),
      }),
    );
  }, always)
  .meta({ description: "Which collections these endpoints or services may reach" });
