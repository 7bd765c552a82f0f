import type { Pixels } from './picture';

/**
 * Pixels with 1, 3 or 4 channels. Grey is repeated for colour; colour becomes grey by its luma (ITU-R BT.601); opacity
 * is dropped, or full where there was none.
 */
export function withChannels(pixels: Pixels, channels: number): Pixels {
  const { height, width, channels: own, data } = pixels;
  if (own === channels) return pixels;
  const count = height * width;
  const result = new Uint8Array(count * channels);
  const isGrey = own < 3;
  const opacity = own === 2 ? 1 : own === 4 ? 3 : -1;
  for (let i = 0; i < count; i++) {
    const from = i * own;
    const to = i * channels;
    const [red, green, blue] = [data[from]!, data[from + (isGrey ? 0 : 1)]!, data[from + (isGrey ? 0 : 2)]!];
    if (channels === 1) {
      result[to] = isGrey ? red : Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
      continue;
    }
    result[to] = red;
    result[to + 1] = green;
    result[to + 2] = blue;
    if (channels === 4) result[to + 3] = opacity < 0 ? 255 : data[from + opacity]!;
  }
  return { height, width, channels, data: result };
}
