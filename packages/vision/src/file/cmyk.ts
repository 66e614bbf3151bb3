/** CMYK's bytes as RGB, as Pillow converts them: `(255 − K) − C · (255 − K) / 255`, and so on, in integers. */
export function rgbOfCmyk(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3);
  for (let read = 0, write = 0; read < cmyk.length; read += 4, write += 3) {
    const light = 255 - cmyk[read + 3];
    for (let band = 0; band < 3; band += 1) {
      const product = cmyk[read + band] * light + 128;
      rgb[write + band] = light - (((product >> 8) + product) >> 8);
    }
  }
  return rgb;
}
