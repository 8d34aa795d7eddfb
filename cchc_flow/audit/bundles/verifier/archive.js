// The ZIP of a bundle: plain stored files, and not a byte that belongs to anything else.

class Changed extends Error {}
class Unknown extends Error {}

function require(holds, words) {
  if (!holds) throw new Changed(words);
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9._/-]*$/;
const FAR = 0xffffffff;
const FIRST_FAR = 2 ** 31 - 1; // beyond it the program writes the longer form of ZIP
const MODE = 0o600 << 16;

async function readBytes(file, at, length) {
  return new Uint8Array(await file.slice(at, at + length).arrayBuffer());
}

// A record of little-endian numbers, given as [bytes, value].
function record(...fields) {
  const bytes = new DataView(new ArrayBuffer(fields.reduce((sum, [size]) => sum + size, 0)));
  fields.reduce((at, [size, value]) => {
    if (size === 2) bytes.setUint16(at, value, true);
    else if (size === 4) bytes.setUint32(at, value, true);
    else bytes.setBigUint64(at, BigInt(value), true);
    return at + size;
  }, 0);
  return new Uint8Array(bytes.buffer);
}

function fieldsOf(crc, size, name, version) {
  return [[2, version], [2, 0], [2, 0], [2, 0], [2, 33], [4, crc], [4, size], [4, size], [2, name.length]];
}

function entryOf(crc, size, name, at) {
  const far = at > FIRST_FAR;
  const version = far ? 45 : 20;
  const extra = far ? record([2, 1], [2, 8], [8, at]) : new Uint8Array();
  const head = record(
    [4, 0x02014b50], [2, 0x300 + version], ...fieldsOf(crc, size, name, version), [2, extra.length], [2, 0], [2, 0],
    [2, 0], [4, MODE], [4, far ? FAR : at],
  );
  return [head, name, extra];
}

function endOf(count, length, at) {
  const parts = [];
  if (count > 65535 || Math.max(at, length) > FIRST_FAR) {
    parts.push(record(
      [4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, length], [8, at],
    ));
    parts.push(record([4, 0x07064b50], [4, 0], [8, at + length], [4, 1]));
  }
  const most = Math.min(count, 65535);
  parts.push(record(
    [4, 0x06054b50], [2, 0], [2, 0], [2, most], [2, most], [4, Math.min(length, FAR)], [4, Math.min(at, FAR)], [2, 0],
  ));
  return parts;
}

const areEqual = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);

// The place, size and CRC of each file by its name. What they should look like is written anew, and compared.
async function findFiles(file) {
  const files = new Map();
  const directory = [];
  let at = 0;
  for (;;) {
    const head = await readBytes(file, at, 30);
    if (head.length < 30 || new DataView(head.buffer).getUint32(0, true) !== 0x04034b50) break;
    const view = new DataView(head.buffer);
    const [crc, size, length] = [view.getUint32(14, true), view.getUint32(18, true), view.getUint16(26, true)];
    const name = await readBytes(file, at + 30, length);
    const words = new TextDecoder().decode(name);
    const isPlain = areEqual(head, record([4, 0x04034b50], ...fieldsOf(crc, size, name, 20), [2, 0]));
    require(isPlain && NAME.test(words) && !files.has(words), `tệp thứ ${files.size + 1} trong ZIP không hợp lệ`);
    directory.push(...entryOf(crc, size, name, at));
    files.set(words, [at + 30 + length, size, crc]);
    at += 30 + length + size;
  }
  if (!files.size) throw new Unknown("đây không phải tệp ZIP của một hồ sơ bằng chứng");
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const expected = [...directory, ...endOf(files.size, length, at)];
  const tail = await readBytes(file, at, file.size);
  let place = 0;
  for (const part of expected) {
    require(areEqual(tail.subarray(place, place + part.length), part), "ZIP có phần bị sửa");
    place += part.length;
  }
  require(place === tail.length, "ZIP có phần thừa");
  return files;
}
