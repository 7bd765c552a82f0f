import type { Pixels } from './picture';

/**
 * Pixels brought to a size, axis by axis: bilinear between pixel centres. When an axis shrinks, the triangle is as wide
 * as what a new pixel covers, so every old pixel counts (as in Pillow's `BILINEAR` and TensorFlow's `antialias=True`).
 */
export function resize(pixels: Pixels, height: number, width: number): Pixels {
  if (pixels.height === height && pixels.width === width) return pixels;
  const { channels } = pixels;
  const lines = filtersOf(pixels.height, height);
  const columns = filtersOf(pixels.width, width);
  // Across first: [old height, width, channels], not rounded in between.
  const across = new Float32Array(pixels.height * width * channels);
  for (let y = 0; y < pixels.height; y++) {
    const line = y * pixels.width * channels;
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x]!;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++)
          sum += weights[k]! * pixels.data[line + (first + k) * channels + c]!;
        across[(y * width + x) * channels + c] = sum;
      }
    }
  }
  const data = new Uint8Array(height * width * channels);
  const stride = width * channels;
  for (let y = 0; y < height; y++) {
    const { first, weights } = lines[y]!;
    for (let i = 0; i < stride; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * across[(first + k) * stride + i]!;
      data[y * stride + i] = Math.min(255, Math.max(0, Math.round(sum)));
    }
  }
  return { height, width, channels, data };
}

/** The middle of a picture, of the proportions height:width and as large as can be. */
export function cropTo(pixels: Pixels, height: number, width: number): Pixels {
  const scale = Math.min(pixels.height / height, pixels.width / width);
  const [h, w] = [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))];
  if (h === pixels.height && w === pixels.width) return pixels;
  const top = (pixels.height - h) >> 1;
  const left = (pixels.width - w) >> 1;
  const { channels } = pixels;
  const data = new Uint8Array(h * w * channels);
  for (let y = 0; y < h; y++) {
    const from = ((top + y) * pixels.width + left) * channels;
    data.set(pixels.data.subarray(from, from + w * channels), y * w * channels);
  }
  return { height: h, width: w, channels, data };
}

interface Filter {
  /** The first old pixel that counts. */
  first: number;
  /** Of it and those after it; they add up to 1. */
  weights: number[];
}

function filtersOf(from: number, to: number): Filter[] {
  const scale = from / to;
  const support = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(center - support + 0.5));
    const last = Math.min(from, Math.floor(center + support + 0.5));
    const weights = Array.from({ length: last - first }, (_, k) =>
      Math.max(0, 1 - Math.abs((first + k + 0.5 - center) / support)),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}
