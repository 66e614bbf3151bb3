/**
 * The nearest multiple of 8 to a number of channels, at least 8, and the next one up where that would take away more than
 * a tenth: the rule of all MobileNets and their kin, for hardware that works on 8 channels at a time.
 */
export function roundChannels(channels: number): number {
  const nearest = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return nearest < 0.9 * channels ? nearest + 8 : nearest;
}
