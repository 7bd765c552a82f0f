import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encode as encodePng } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { withChannels } from '../../../../engine/data/pictures/channels';
import { decodePicture, PictureError } from '../../../../engine/data/pictures/decode';
import type { Pixels } from '../../../../engine/data/pictures/picture';
import { cropTo, resize } from '../../../../engine/data/pictures/resize';

const pixels = (height: number, width: number, channels: number, of: (i: number) => number): Pixels => ({
  height,
  width,
  channels,
  data: Uint8Array.from({ length: height * width * channels }, (_, i) => of(i)),
});

describe('pictures', () => {
  it('come back from PNG as they were, whatever their channels', async () => {
    for (const channels of [1, 2, 3, 4]) {
      const own = pixels(5, 7, channels, (i) => (i * 37) % 256);
      assert.deepEqual(await decodePicture(encodePng(own)), own);
    }
  });

  it('of 16 bits keep the upper 8; a palette gives colours', async () => {
    const data = Uint16Array.of(0, 0x1234, 0xffff);
    const deep = encodePng({ width: 3, height: 1, data, depth: 16, channels: 1 });
    assert.deepEqual([...(await decodePicture(deep)).data], [0, 0x12, 0xff]);
    // One line of two pixels, indices 1 and 0 of a palette of red and blue, 1 bit each; made with Pillow.
    const indexed = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABAQMAAADO7O3JAAAABlBMVEX/AAAAAP9sof2OAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
      'base64',
    );
    const colours = await decodePicture(indexed);
    assert.deepEqual([colours.height, colours.width, colours.channels], [1, 2, 3]);
    assert.deepEqual([...colours.data], [0, 0, 255, 255, 0, 0]);
  });

  it('of few bits are spread over all bytes', async () => {
    // One line of three grey pixels of 2 bits: 0, 1 and 3.
    const grey = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAMAAAABAgAAAAB0O1PJAAAACklEQVR4nGOQAQAAHgAd5rBLVgAAAABJRU5ErkJggg==',
      'base64',
    );
    const { channels, data } = await decodePicture(grey);
    assert.equal(channels, 1);
    assert.deepEqual([...data], [0, 85, 255]);
  });

  it('come back from JPEG nearly as they were', async () => {
    const own = pixels(16, 24, 4, (i) => (i % 4 === 3 ? 255 : 100 + Math.floor(i / 96) * 4));
    const decoded = await decodePicture(encodeJpeg(own, 95).data);
    assert.deepEqual([decoded.height, decoded.width, decoded.channels], [16, 24, 3]);
    const wanted = withChannels(own, 3);
    for (const [i, value] of decoded.data.entries()) assert.ok(Math.abs(value - wanted.data[i]!) <= 6);
  });

  it('that are none, cut off or huge are said to be so', async () => {
    const png = encodePng(pixels(9, 9, 3, (i) => i % 251));
    const jpeg = encodeJpeg(pixels(16, 16, 4, (i) => i % 251)).data;
    const huge = Uint8Array.from(png);
    new DataView(huge.buffer).setUint32(16, 1 << 20);
    new DataView(huge.buffer).setUint32(20, 1 << 20);
    const wrong = [
      new Uint8Array(0),
      Buffer.from('GIF89a….'),
      png.slice(0, 20),
      png.slice(0, 60),
      huge,
      jpeg.subarray(0, 40),
    ];
    for (const bytes of wrong) await assert.rejects(decodePicture(bytes), PictureError);
  });

  it('of any bytes never do anything else', async () => {
    const png = encodePng(pixels(9, 9, 3, (i) => i % 251));
    const jpeg = encodeJpeg(pixels(16, 16, 4, (i) => i % 251)).data;
    const damaged = fc
      .tuple(
        fc.constantFrom<Uint8Array>(png, jpeg),
        fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 5 }),
      )
      .map(([bytes, changes]) => {
        const copy = Uint8Array.from(bytes);
        for (const [at, value] of changes) copy[3 + (at % (copy.length - 3))] = value;
        return copy;
      });
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        try {
          const { height, width, channels, data } = await decodePicture(bytes);
          assert.equal(data.length, height * width * channels);
        } catch (error) {
          assert.ok(error instanceof PictureError, String(error));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('change between grey, colour and opacity', () => {
    const colour = { height: 1, width: 2, channels: 3, data: Uint8Array.of(255, 0, 0, 10, 20, 30) };
    assert.deepEqual([...withChannels(colour, 1).data], [76, 18]);
    assert.deepEqual([...withChannels(colour, 4).data], [255, 0, 0, 255, 10, 20, 30, 255]);
    assert.deepEqual(
      [...withChannels({ height: 1, width: 1, channels: 2, data: Uint8Array.of(7, 9) }, 4).data],
      [7, 7, 7, 9],
    );
    assert.deepEqual(
      [...withChannels({ height: 1, width: 1, channels: 1, data: Uint8Array.of(7) }, 3).data],
      [7, 7, 7],
    );
  });
});

describe('resized pictures', () => {
  // What Pillow 12 gives for `resize(…, BILINEAR)`, first channel; it rounds between the two axes, so 1 is allowed.
  const own = pixels(6, 9, 3, (i) => (i * 37) % 256);
  const known: [height: number, width: number, number[][]][] = [
    [
      2,
      3,
      [
        [124, 121, 130],
        [121, 130, 127],
      ],
    ],
    [
      4,
      4,
      [
        [118, 133, 101, 111],
        [143, 102, 148, 145],
        [106, 103, 149, 108],
        [140, 150, 118, 133],
      ],
    ],
    [
      11,
      5,
      [
        [63, 156, 128, 92, 75],
        [96, 148, 120, 99, 102],
        [152, 134, 106, 112, 148],
      ],
    ],
  ];
  for (const [height, width, lines] of known) {
    it(`are what Pillow gives, ${height} by ${width}`, () => {
      const { data } = resize(own, height, width);
      assert.equal(data.length, height * width * 3);
      for (const [y, line] of lines.entries())
        for (const [x, value] of line.entries())
          assert.ok(
            Math.abs(data[(y * width + x) * 3]! - value) <= 1,
            `${data[(y * width + x) * 3]} at ${y}, ${x}`,
          );
    });
  }

  it('of one colour stay that colour, and the same size changes nothing', () => {
    fc.assert(
      fc.property(
        fc.tuple(
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 1, max: 20 }),
          fc.integer({ min: 1, max: 20 }),
          fc.nat(255),
        ),
        ([h, w, height, width, value]) => {
          const { data } = resize(
            pixels(h, w, 1, () => value),
            height,
            width,
          );
          assert.ok(data.every((each) => each === value));
        },
      ),
    );
    assert.equal(resize(own, 6, 9), own);
  });

  it('may be cut to their middle first', () => {
    const cut = cropTo(
      pixels(4, 6, 1, (i) => i),
      2,
      2,
    );
    assert.deepEqual([cut.height, cut.width], [4, 4]);
    assert.deepEqual([...cut.data.subarray(0, 4)], [1, 2, 3, 4]);
  });
});
