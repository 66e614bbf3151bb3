/** What a browser tells of the machine it runs on, in a page or a worker. */
type Told = Pick<WorkerNavigator, "userAgent" | "hardwareConcurrency">;

/** What of the machine goes into a report; a browser does not tell its processor. */
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

/** Most specific first: browsers also name those they descend from. */
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
