/** The machine of a measurement. */
export interface MachineInfo {
  readonly cpu: string;
  readonly cores: number;
  readonly platform: string;
  /** Such as `Node 20.20.2` or `Chromium 140`. */
  readonly host: string;
}
