/** Takes one of some options; the first is the simplest. */
export type Choose = <T>(options: readonly T[]) => T;

/** Reads choices from numbers, one each; when they run out, the first option is taken. */
export function chooseBy(numbers: readonly number[]): Choose {
  let next = 0;
  return (options) => {
    if (options.length === 0) throw new Error("no options to choose from");
    const number = numbers[next] ?? 0;
    next += 1;
    return options[number % options.length];
  };
}
