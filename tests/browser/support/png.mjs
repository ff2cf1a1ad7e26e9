// Pictures as a scanner and a drawing program leave them: a red round seal and a blue stroke on a transparent ground, drawn by the tests themselves.
import { crc32, deflateSync } from "node:zlib";

function chunk(kind, data) {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(kind, 4, "latin1");
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

// colourAt(x, y) → [red, green, blue, opacity] or nothing where the paper shows.
export function png(width, height, colourAt) {
  const rows = Buffer.alloc(height * (1 + 4 * width));
  for (let y = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) rows.set(colourAt(x, y) ?? [0, 0, 0, 0], y * (1 + 4 * width) + 1 + 4 * x);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

export const seal = () => png(240, 240, (x, y) => {
  const far = Math.hypot(x - 120, y - 120);
  return (far > 105 && far < 116) || (far > 72 && far < 76) || far < 20 ? [200, 16, 32, 230] : undefined;
});
export const signature = () => png(300, 120, (x, y) => (Math.abs(y - 60 - 40 * Math.sin(x / 24) * (1 - x / 360)) < 3 ? [20, 40, 150, 255] : undefined));
