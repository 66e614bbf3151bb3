/** Chooses one of several options; the first is the simplest. */
export type Choose = <T>(options: readonly T[]) => T;

/** Reads one number per choice; after the last number it takes the first option. */
export function chooseBy(numbers: readonly number[]): Choose {
  let next = 0;
  return (options) => {
    if (options.length === 0) throw new Error("no options to choose from");
    const number = numbers[next] ?? 0;
    next += 1;
    return options[number % options.length];
  };
}
