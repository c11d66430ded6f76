import { restXmlService } from "../protocol/rest-xml";
import { getChange } from "./changes";
import {
  associateVpc,
  createHostedZone,
  deleteHostedZone,
  disassociateVpc,
  getHostedZone,
  updateHostedZoneComment,
} from "./hosted-zones";
import { changeResourceRecordSets, listResourceRecordSets } from "./record-sets";
import { listHostedZones, listHostedZonesByName, listHostedZonesByVpc } from "./zone-lists";
import { changeTagsForResource, listTagsForResource, listTagsForResources } from "./zone-tags";

/** Route 53, as far as private hosted zones go: those of managed endpoints, and those of the caller. */
export const route53 = restXmlService({
  version: "2013-04-01",
  namespace: "https://route53.amazonaws.com/doc/2013-04-01/",
  operations: {
    AssociateVPCWithHostedZone: associateVpc,
    ChangeResourceRecordSets: changeResourceRecordSets,
    ChangeTagsForResource: changeTagsForResource,
    CreateHostedZone: createHostedZone,
    DeleteHostedZone: deleteHostedZone,
    DisassociateVPCFromHostedZone: disassociateVpc,
    GetChange: getChange,
    GetHostedZone: getHostedZone,
    ListHostedZones: listHostedZones,
    ListHostedZonesByName: listHostedZonesByName,
    ListHostedZonesByVPC: listHostedZonesByVpc,
    ListResourceRecordSets: listResourceRecordSets,
    ListTagsForResource: listTagsForResource,
    ListTagsForResources: listTagsForResources,
    UpdateHostedZoneComment: updateHostedZoneComment,
  },
});
