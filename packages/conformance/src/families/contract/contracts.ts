export type ContractName = string;
