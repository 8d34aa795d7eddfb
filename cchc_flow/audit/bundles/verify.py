"""Verifies a bundle of proof: python3 verify.py BUNDLE.zip [CHECKPOINT_FILE [KEY_OR_KEY_FILE]]. Exit code: 0 right,
1 changed, 3 cannot be told. Needs Python 3.9 alone. Take it from a place that you trust."""
import json, re, struct, sys, zipfile
from base64 import b64decode, b64encode
from hashlib import sha256, sha512
from pathlib import Path
HIDDEN, NAME = re.compile(rb'"[0-9a-f]{64}"'), re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._/-]*")
REFERENCE = re.compile(rb'\{"digest":"([0-9a-f]{64})","media_type":"(?:[^"\\]|\\.)*","size":[0-9]+\}')
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519: RFC 8032, 5.1
D = -121665 * pow(121666, P - 2, P) % P
def require(holds, words):
    if not holds:
        raise ValueError(words)

def decode_point(data):
    y, sign = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    x = x if x * x % P == x2 else x * pow(2, (P - 1) // 4, P) % P
    require(x * x % P == x2 and y < P and (x or not sign), "khóa không đúng dạng")
    return (P - x if x & 1 != sign else x), y, 1

def add(a, b):  # projective coordinates: Explicit-Formulas Database, add-2008-bbjlp
    z, c, d = a[2] * b[2] % P, a[0] * b[0] % P, a[1] * b[1] % P
    f, g = (z * z - D * c * d) % P, (z * z + D * c * d) % P
    return z * f * ((a[0] + a[1]) * (b[0] + b[1]) - c - d) % P, z * g * (d + c) % P, f * g % P

def has_signed(public, text, signature):  # R = S·B - k·A: RFC 8032, 5.1.7
    base, (x, y, _) = decode_point(b"\x58" + b"\x66" * 31), decode_point(public)
    s, total = int.from_bytes(signature[32:], "little"), (0, 1, 1)
    k = int.from_bytes(sha512(signature[:32] + public + text).digest(), "little") % L
    for bit in reversed(range(253)):
        total = add(total, total)
        total = add(total, base) if s >> bit & 1 else total
        total = add(total, (P - x, y, 1)) if k >> bit & 1 else total
    x, y = (total[i] * pow(total[2], P - 2, P) % P for i in (0, 1))
    return s < L and (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]

def open_note(note, key):
    """Return the lines of a signed note (C2SP); raise ValueError unless this verifier key signed it."""
    (text, _, tail), (name, key_id, encoded) = note.rpartition("\n\n"), [*key.strip().split("+", 2), "", ""][:3]
    raw, lines = b64decode(encoded), tail.split("\n")
    require(key_id == sha256(f"{name}\n".encode() + raw).hexdigest()[:8], "khóa kiểm tra không đúng dạng")
    values = (b64decode(line.partition(f"— {name} ")[2]) for line in lines)
    own = [it[4:] for it in values if it[:4].hex() == key_id and f"— {name} {b64encode(it).decode()}" in lines]
    right = any(has_signed(raw[1:], f"{text}\n".encode(), it) for it in own)
    require(right, f"không có chữ ký đúng của khóa {key_id}")
    return text.split("\n")

def check_layout(bundle):
    """Raise ValueError for a byte in the ZIP that belongs to no plain, stored file."""
    at, directory, count = 0, 0, len(bundle.infolist())
    for it in bundle.infolist():
        size, length, far = it.file_size, len(it.filename), 25 * (it.header_offset > 2**31 - 1)
        local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, it.CRC, size, size, length, 0)
        kind = it.create_system, it.create_version, it.extract_version, it.reserved, it.volume, it.internal_attr
        told = it.flag_bits, it.compress_type, it.external_attr, it.comment, it.date_time, it.header_offset, it.compress_size
        right = kind == (3, 20 + far, 20 + far, 0, 0, 0) and bundle.fp.seek(at) + 1 and bundle.fp.read(30) == local
        right = right and told == (0, 0, 0o600 << 16, b"", (1980, 1, 1, 0, 0, 0), at, size)
        require(right and NAME.fullmatch(it.filename), f"tệp «{it.filename!a}» trong ZIP không hợp lệ")
        at, directory = at + 30 + length + size, directory + 46 + length + len(it.extra)
    names, far = {*bundle.namelist()}, 76 * (count > 65535 or max(at, directory) > 2**31 - 1)
    bundle.fp.seek(at + directory + far)
    end = b"PK\5\6", 0, 0, min(count, 65535), min(count, 65535), directory, min(at, 2**32 - 1), 0
    require(bundle.fp.read() == struct.pack("<4s4H2LH", *end) and len(names) == count, "ZIP có phần thừa, trùng")

class Tree:  # the Merkle tree (RFC 6962), put together from the left; `roots` has those at `sizes`
    def __init__(self, nodes, sizes):
        self.nodes, self.sizes, self.roots, self.stack, self.size = nodes, sizes, {}, [], 0
    def put(self, level, node):
        self.size += 1 << level
        while self.stack and self.stack[-1][0] == level:
            level, node = level + 1, sha256(b"\1" + self.stack.pop()[1] + node).digest()
        self.stack.append((level, node))
        if self.size in self.sizes:
            for _, left in reversed(self.stack[:-1]):
                node = sha256(b"\1" + left + node).digest()
            self.roots[self.size] = node
    def put_nodes_up_to(self, size):
        while self.size < size:
            level, index, node = self.nodes.pop()
            require(level < 64 and index << level == self.size <= size - (1 << level), "cây băm không khớp")
            self.put(level, bytes.fromhex(node))

def check(bundle, kept=("", 0)):
    """Return in words what is right; raise ValueError for what was changed, OSError when it cannot be told."""
    check_layout(bundle)
    manifest, statement = json.loads(bundle.read("manifest.json")), bundle.read("manifest.sig").decode()
    scope, size, origin, files = (manifest[name] for name in ("scope", "size", "origin", "files"))
    ranges = manifest["positions"] if scope["kind"] != "whole" else [[1, size]]
    require({*bundle.namelist()} == {*files, "manifest.json", "manifest.sig"}, "tệp trong ZIP không đúng bản kê")
    seals = {int(name[12:-4]): bundle.read(name).decode() for name in files if name[:12] == "checkpoints/"}
    tree = Tree(json.loads(bundle.read("proof.json"))[::-1], {*seals, int(kept[1])})
    positions = (it for first, last in ranges for it in range(first, last + 1))
    count, log, keys, versions, times, named, erased = 0, "", {}, {}, {}, set(), set()
    for name, content in ((name, bundle.read(name)) for name in files):
        require([len(content), sha256(content).hexdigest()] == files[name], f"tệp {name} đã bị sửa")
        for line in content.splitlines() if name[:7] == "events/" else ():
            position, count = next(positions), count + 1
            tree.put_nodes_up_to(position - 1)
            if HIDDEN.fullmatch(line):
                tree.put(0, bytes.fromhex(line[1:65].decode()))
                continue
            tree.put(0, sha256(b"\0" + line).digest())
            event = json.loads(line)
            stream, kind = event["subject"], event["type"].partition("/")[0]
            versions[stream] = versions.get(stream, 0) + 1
            claimed = not scope["from"] and (not scope["streams"] or stream in scope["streams"])
            require(not claimed or event["streamversion"] == versions[stream], f"thiếu sự kiện của {stream}")
            times.update({position: event["recordedtime"]} if position in scope["run"] else {})
            named.update(REFERENCE.findall(line))
            erased.update([event["data"]["digest"].encode()] if kind == "content.erased" else [])
            if position == 1 or (kind, stream) == ("log.key_rotated", log):
                log, keys[position] = stream, event["data"]["key"]
    tree.put_nodes_up_to(size)
    right = not tree.nodes and not next(positions, 0) and size in seals and versions.keys() >= {*scope["streams"]}
    require(right and sum(versions.values()) + manifest["withheld"] == count, "thiếu hoặc thừa sự kiện")
    for at, seal in seals.items():
        it = open_note(seal, keys[max(it for it in keys if it <= at)])
        require([*it[:2], b64decode(it[2])] == [origin, str(at), tree.roots[at]], f"khác dấu niêm phong số {at}")
    listed = ["bundle of " + origin, "sha256 " + sha256(bundle.read("manifest.json")).hexdigest(), ""]
    right = [*open_note(statement, keys[max(keys)]), *statement.split("\n")[4:]] == listed
    require(right, "manifest.sig không ký bản kê này")
    there = {it.encode() for name, (_, it) in files.items() if name == f"contents/{it}"}
    require(there <= named and named - there <= erased, "nội dung thừa, hoặc thiếu mà không có sự kiện xóa")
    for first, last in [scope["run"]] if scope["from"] else []:  # recorded times never go back
        begins, ends = first == 1 or times[first] < scope["from"], last == size or times[last] >= scope["to"]
        require(begins and ends and any(a <= first and last <= b for a, b in ranges), "thiếu sự kiện của kỳ")
    if kept[0] == origin and int(kept[1]) not in tree.roots:
        raise OSError(f"hồ sơ không có mốc {kept[1]} của dấu bạn giữ; hãy xin hồ sơ lập kèm dấu đó")
    same = not kept[0] or [origin, tree.roots[int(kept[1])]] == [kept[0], b64decode(kept[2])]
    require(same, "lịch sử này KHÁC lịch sử của dấu niêm phong bạn giữ")
    return f"{count} sự kiện; {manifest['title']}"

def main(arguments: list[str], code: int = 3) -> tuple[str, int]:
    try:
        lines = Path(arguments[1]).read_text("utf-8-sig").strip().split("\n") if arguments[1:] else []
        key = arguments[2] if arguments[2:] else lines.pop() if lines else ""
        key = Path(key).read_text("utf-8-sig").strip() if Path(key).is_file() else key
        kept = open_note("\n".join(lines), key) if lines else ["", 0]
        with zipfile.ZipFile(arguments[0]) as bundle:
            code = 1
            told = check(bundle, kept)
        return f"ĐÚNG: {told}. {'Khớp dấu niêm phong bạn giữ' if lines else 'CHƯA độc lập: khóa lấy từ hồ sơ'}.", 0
    except Exception as error:  # whatever a forger has put there
        code = 3 if isinstance(error, OSError) else code
        return f"{'KHÔNG KIỂM ĐƯỢC' if code == 3 else 'ĐÃ BỊ THAY ĐỔI'}: {error}", code
if __name__ == "__main__":
    words, code = main(sys.argv[1:])
    sys.exit(code if sys.stdout.buffer.write(f"{words}\n".encode()) else 3)
