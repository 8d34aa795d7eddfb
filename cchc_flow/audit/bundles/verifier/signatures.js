// Ed25519 (RFC 8032) and signed notes (C2SP signed-note).

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (n) => ((n % P) + P) % P;

function power(base, exponent) {
  let result = 1n;
  for (let [n, left] = [mod(base), exponent]; left; left >>= 1n, n = (n * n) % P) if (left & 1n) result = (result * n) % P;
  return result;
}

const D = mod(-121665n * power(121666n, P - 2n));
const little = (bytes) => BigInt(`0x${toHex(bytes.slice().reverse())}`);

function decodePoint(bytes) {
  const sign = BigInt(bytes[31] >> 7);
  const y = little(bytes) & (2n ** 255n - 1n);
  const x2 = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  let x = power(x2, (P + 3n) / 8n);
  if ((x * x) % P !== x2) x = (x * power(2n, (P - 1n) / 4n)) % P;
  require((x * x) % P === x2 && y < P && (x || !sign), "khóa không đúng dạng");
  return [(x & 1n) === sign ? x : P - x, y, 1n];
}

// Projective coordinates: Explicit-Formulas Database, add-2008-bbjlp.
function add(a, b) {
  const z = (a[2] * b[2]) % P;
  const c = (a[0] * b[0]) % P;
  const d = (a[1] * b[1]) % P;
  const e = (D * ((c * d) % P)) % P;
  const [f, g] = [z * z - e, z * z + e];
  const cross = (a[0] + a[1]) * (b[0] + b[1]) - c - d;
  return [mod(((z * f) % P) * cross), mod(((z * g) % P) * (d + c)), mod(f * g)];
}

const BASE = decodePoint(Uint8Array.of(0x58, ...new Array(31).fill(0x66)));

// R = S·B - k·A: RFC 8032, 5.1.7.
function hasSigned(key, text, signature) {
  if (signature.length !== 64 || key.length !== 32) return false;
  const s = little(signature.subarray(32));
  const k = little(sha512(signature.subarray(0, 32), key, text)) % L;
  const [ax, ay] = decodePoint(key);
  let total = [0n, 1n, 1n];
  for (let bit = 252n; bit >= 0n; bit -= 1n) {
    total = add(total, total);
    if ((s >> bit) & 1n) total = add(total, BASE);
    if ((k >> bit) & 1n) total = add(total, [P - ax, ay, 1n]);
  }
  const inverse = power(total[2], P - 2n);
  const [x, y] = [mod(total[0] * inverse), mod(total[1] * inverse)];
  return s < L && (y | ((x & 1n) << 255n)) === little(signature.subarray(0, 32));
}

const utf8 = (words) => new TextEncoder().encode(words);

function fromBase64(words) {
  const letters = atob(words);
  require(btoa(letters) === words, "mã base64 không đúng dạng");
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

// The lines of a note that this verifier key (name+id+key) has signed; an error unless it has.
function openNote(note, vkey) {
  const [name, id, ...rest] = vkey.trim().split("+");
  const raw = fromBase64(rest.join("+"));
  const expected = toHex(sha256(utf8(`${name}\n`), raw)).slice(0, 8);
  require(raw.length === 33 && raw[0] === 1 && id === expected, "khóa kiểm tra không đúng dạng");
  const end = note.lastIndexOf("\n\n");
  const text = note.slice(0, end);
  const start = `— ${name} `;
  const values = note.slice(end + 2).split("\n").filter((line) => line.startsWith(start));
  const own = values.map((line) => fromBase64(line.slice(start.length))).filter((raw4) => toHex(raw4.slice(0, 4)) === id);
  const isSigned = end > 0 && own.some((value) => hasSigned(raw.subarray(1), utf8(`${text}\n`), value.subarray(4)));
  require(isSigned, `không có chữ ký đúng của khóa ${id}`);
  return text.split("\n");
}
