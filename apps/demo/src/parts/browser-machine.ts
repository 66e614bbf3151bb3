/** What a browser reveals about its machine, in a page or a worker. */
type Told = Pick<WorkerNavigator, "userAgent" | "hardwareConcurrency">;

/** The machine for a report. A browser does not reveal its processor. */
export function browserMachine({ userAgent, hardwareConcurrency }: Told): {
  readonly cpu: string;
  readonly cores: number;
  readonly platform: string;
  readonly host: string;
} {
  const platform = /\(([^;)]+(?:; [^;)]+)?)/.exec(userAgent)?.[1];
  return {
    cpu: "unnamed processor",
    cores: hardwareConcurrency,
    platform: platform ?? "unnamed system",
    host: hostOf(userAgent),
  };
}

/** Most specific first, since a browser's user agent also names the browsers it derives from. */
const HOSTS = [
  ["Edge", /Edg\/([\d.]+)/],
  ["Firefox", /Firefox\/([\d.]+)/],
  ["Chromium", /Chrome\/([\d.]+)/],
  ["Safari", /Version\/([\d.]+).*Safari/],
] as const;

function hostOf(userAgent: string): string {
  for (const [name, pattern] of HOSTS) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return "a browser";
}
