/** The headers that ask for the rest of a file, from byte `begin` on, if it still is of this version. */
export type RangeHeaders = (begin: number, validator: string) => Readonly<Record<string, string>>;
