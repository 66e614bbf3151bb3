export type ProbeName = string;
