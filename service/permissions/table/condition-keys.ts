// Keys of tags, as the service authorization reference writes them.
export const requestTag = "aws:RequestTag/${TagKey}";
export const resourceTag = "aws:ResourceTag/${TagKey}";
