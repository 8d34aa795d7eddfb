// SHA-256 and SHA-512 (FIPS 180-4), and the CRC of ZIP, since a page from file:// may have no WebCrypto. Their constants are the first bits of
// the fractional parts of square and cube roots of primes, computed here.

const PRIMES = [];
for (let n = 2; PRIMES.length < 80; n += 1) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);

function rootBits(prime, power, bits) {
  const target = BigInt(prime) << BigInt(power * bits);
  let [low, high] = [0n, BigInt(prime) << BigInt(bits)];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(power) > target) high = middle;
    else low = middle;
  }
  return BigInt.asUintN(bits, low);
}

const K32 = Uint32Array.from(PRIMES.slice(0, 64), (prime) => Number(rootBits(prime, 3, 32)));
const START32 = Uint32Array.from(PRIMES.slice(0, 8), (prime) => Number(rootBits(prime, 2, 32)));
const K64 = PRIMES.map((prime) => rootBits(prime, 3, 64));
const START64 = PRIMES.slice(0, 8).map((prime) => rootBits(prime, 2, 64));
const W32 = new Int32Array(64);

function mix32(state, bytes, at) {
  for (let i = 0; i < 16; i += 1, at += 4) {
    W32[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = W32[i - 15];
    const y = W32[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W32[i] = (W32[i - 16] + s0 + W32[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K32[i] + W32[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; // one by one: this line runs a million times for each megabyte
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
}

// The message with the bits that end it: a one, zeros, and its length.
function padded(parts, block) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(Math.ceil((length + 1 + block / 8) / block) * block);
  parts.reduce((at, part) => { bytes.set(part, at); return at + part.length; }, 0);
  bytes[length] = 0x80;
  new DataView(bytes.buffer).setBigUint64(bytes.length - 8, BigInt(length) * 8n);
  return bytes;
}

function sha256(...parts) {
  const bytes = padded(parts, 64);
  const state = START32.slice();
  for (let at = 0; at < bytes.length; at += 64) mix32(state, bytes, at);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => digest.setUint32(4 * i, word));
  return new Uint8Array(digest.buffer);
}

const u64 = (n) => BigInt.asUintN(64, n);
const turn = (n, by) => (n >> BigInt(by)) | u64(n << BigInt(64 - by));

function sha512(...parts) {
  const bytes = new DataView(padded(parts, 128).buffer);
  const state = [...START64];
  for (let at = 0; at < bytes.byteLength; at += 128) {
    const w = Array.from({ length: 16 }, (_, i) => bytes.getBigUint64(at + 8 * i));
    for (let i = 16; i < 80; i += 1) {
      const [x, y] = [w[i - 15], w[i - 2]];
      const s0 = turn(x, 1) ^ turn(x, 8) ^ (x >> 7n);
      w.push(u64(w[i - 16] + s0 + w[i - 7] + (turn(y, 19) ^ turn(y, 61) ^ (y >> 6n))));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i += 1) {
      const one = h + (turn(e, 14) ^ turn(e, 18) ^ turn(e, 41)) + ((e & f) ^ (u64(~e) & g)) + K64[i] + w[i];
      const two = (turn(a, 28) ^ turn(a, 34) ^ turn(a, 39)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, u64(d + one), c, b, a, u64(one + two)];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = u64(state[i] + word); });
  }
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((word, i) => digest.setBigUint64(8 * i, word));
  return new Uint8Array(digest.buffer);
}

const CRC32 = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = CRC32[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (words) => Uint8Array.from(words.match(/../g) ?? [], (pair) => parseInt(pair, 16));
