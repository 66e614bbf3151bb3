export type RelationName = string;
