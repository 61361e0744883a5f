// Write an archive: files stored as they are, with the fixed date 1 January 1980.

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  let value = number;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
}

/** Write numbers of two and of four bytes, the lowest byte first: little([2, 0x4b50], [4, 0]). */
function little(...numbers) {
  const bytes = [];
  for (const [size, value] of numbers) for (let place = 0; place < size; place++) bytes.push((value >>> (8 * place)) & 0xff);
  return Uint8Array.from(bytes);
}

const UTF8_NAMES = 0x0800, VERSION = 20, STORED = 0, NOON = 0, FIRST_DAY = 0x21;

/** Return the parts of an archive of files: name → text. */
function zip(files) {
  const encoder = new TextEncoder();
  const local = [], central = [];
  let offset = 0, size = 0;
  for (const [name, text] of files) {
    const path = encoder.encode(name), data = encoder.encode(text);
    const about = [[2, UTF8_NAMES], [2, STORED], [2, NOON], [2, FIRST_DAY], [4, crc32(data)], [4, data.length], [4, data.length], [2, path.length], [2, 0]];
    const head = little([4, 0x04034b50], [2, VERSION], ...about);
    const entry = little([4, 0x02014b50], [2, VERSION], [2, VERSION], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    local.push(head, path, data);
    central.push(entry, path);
    offset += head.length + path.length + data.length;
    size += entry.length + path.length;
  }
  const end = little([4, 0x06054b50], [2, 0], [2, 0], [2, files.size], [2, files.size], [4, size], [4, offset], [2, 0]);
  return [...local, ...central, end];
}
