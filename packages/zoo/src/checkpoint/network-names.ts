/** The names of a network's tensors. */
export interface NetworkNames {
  /** Those that a file must have. */
  readonly needed: ReadonlySet<string>;
  /** Those of the parts that are not loaded: cut off by `features`, or left fresh. */
  readonly unused: ReadonlySet<string>;
}

/** Whether a network has the name. */
export function hasName({ needed, unused }: NetworkNames, name: string): boolean {
  return needed.has(name) || unused.has(name);
}

/**
 * A test for the names below the network's unused modules, such as `fc.1.weight` where `fc` is not loaded. A file may have
 * anything there.
 */
export function unusedPart({ needed, unused }: NetworkNames): (name: string) => boolean {
  const live = new Set([...needed].flatMap((name) => [...modulesOf(name)]));
  /** The outermost module of a tensor that has no needed tensor, or the tensor itself. */
  const outermost = (name: string): string => {
    for (const path of modulesOf(name)) if (!live.has(path)) return path;
    return name;
  };
  const roots = new Set([...unused].map(outermost));
  return (name) => !needed.has(name) && roots.has(outermost(name));
}

/** The paths of the modules around a tensor, from the outermost. */
function* modulesOf(name: string): Generator<string, void, undefined> {
  for (let dot = name.indexOf("."); dot !== -1; dot = name.indexOf(".", dot + 1)) yield name.slice(0, dot);
}
