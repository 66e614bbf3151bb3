/**
 * The nearest multiple of 8 to a number of channels, at least 8, or the next one up if that would remove more than a
 * tenth: the rule of all MobileNets and related networks, for hardware that works on 8 channels at a time.
 */
export function roundChannels(channels: number): number {
  const nearest = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return nearest < 0.9 * channels ? nearest + 8 : nearest;
}
