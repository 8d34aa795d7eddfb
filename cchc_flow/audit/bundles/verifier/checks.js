// The checks of verify.py, in the same order.

const REFERENCE = /\{"digest":"([0-9a-f]{64})","media_type":"(?:[^"\\]|\\.)*","size":[0-9]+\}/g;
const HIDDEN = /^"[0-9a-f]{64}"$/;

class Tree {
  constructor(nodes, sizes) {
    Object.assign(this, { nodes, sizes, roots: new Map(), stack: [], size: 0, next: 0 });
  }

  put(level, node) {
    this.size += 2 ** level;
    while (this.stack.length && this.stack.at(-1)[0] === level) {
      node = sha256(Uint8Array.of(1), this.stack.pop()[1], node);
      level += 1;
    }
    this.stack.push([level, node]);
    if (!this.sizes.has(this.size)) return;
    const fold = (right, [, left]) => sha256(Uint8Array.of(1), left, right);
    this.roots.set(this.size, this.stack.slice(0, -1).reverse().reduce(fold, node));
  }

  putNodesUpTo(size) {
    while (this.size < size) {
      const [level, index, node] = this.nodes[this.next] ?? [0, -1, ""];
      this.next += 1;
      const isNode = Number.isSafeInteger(index) && Number.isSafeInteger(level) && level >= 0 && /^[0-9a-f]{64}$/.test(node);
      const isThere = isNode && index * 2 ** level === this.size && this.size + 2 ** level <= size;
      require(isThere, "cây băm không khớp");
      this.put(level, fromHex(node));
    }
  }
}

function* positionsOf(ranges) {
  for (const [first, last] of ranges) for (let at = first; at <= last; at += 1) yield at;
}

function* linesOf(content) {
  for (let at = 0; at < content.length;) {
    const end = content.indexOf(10, at);
    yield content.subarray(at, end < 0 ? content.length : end);
    at = end < 0 ? content.length : end + 1;
  }
}

const sameSet = (one, other) => one.size === other.size && [...one].every((it) => other.has(it));

class Check {
  constructor(file, kept, report) {
    Object.assign(this, { file, kept, report, count: 0, bodies: 0, log: "", keys: new Map(), versions: new Map() });
    Object.assign(this, { times: new Map(), named: new Set(), erased: new Set(), seals: new Map() });
  }

  async read(name) {
    require(this.places.has(name), `thiếu tệp ${name}`);
    const [at, size, crc] = this.places.get(name);
    const content = await readBytes(this.file, at, size);
    require(content.length === size && crc32(content) === crc, `tệp ${name} đã bị sửa`);
    return content;
  }

  async text(name) {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await this.read(name));
  }

  async run() {
    this.places = await findFiles(this.file);
    const listing = await this.read("manifest.json");
    this.manifest = JSON.parse(await this.text("manifest.json"));
    const { scope, size, files, positions } = this.manifest;
    this.ranges = scope.kind === "whole" ? [[1, size]] : positions;
    const expected = new Set([...Object.keys(files), "manifest.json", "manifest.sig"]);
    require(sameSet(new Set(this.places.keys()), expected), "tệp trong ZIP không đúng bản kê");
    for (const name of Object.keys(files).filter((it) => it.startsWith("checkpoints/"))) {
      this.seals.set(Number(name.slice(12, -4)), await this.text(name));
    }
    const sizes = new Set([...this.seals.keys(), Number(this.kept[1])]);
    this.tree = new Tree(JSON.parse(await this.text("proof.json")), sizes);
    await this.walk();
    await this.judgeSeals(listing);
    this.judgeContents();
    this.judgePeriod();
    this.judgeKept();
    return this.manifest;
  }

  async walk() {
    const { size, files, withheld, scope } = this.manifest;
    const positions = positionsOf(this.ranges);
    let done = 0;
    for (const [name, [length, digest]] of Object.entries(files)) {
      const content = await this.read(name);
      require(content.length === length && toHex(sha256(content)) === digest, `tệp ${name} đã bị sửa`);
      if (name.startsWith("events/")) for (const line of linesOf(content)) this.readLine(line, positions.next().value);
      done += 1;
      await this.report(done, Object.keys(files).length);
    }
    this.tree.putNodesUpTo(size);
    const isWhole = this.tree.next === this.tree.nodes.length && positions.next().done && this.seals.has(size);
    const hasStreams = scope.streams.every((stream) => this.versions.has(stream));
    require(isWhole && hasStreams && this.bodies + withheld === this.count, "thiếu hoặc thừa sự kiện");
  }

  readLine(line, position) {
    require(position, "thừa sự kiện");
    this.count += 1;
    this.tree.putNodesUpTo(position - 1);
    const words = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line);
    if (HIDDEN.test(words)) return this.tree.put(0, fromHex(words.slice(1, -1)));
    this.tree.put(0, sha256(Uint8Array.of(0), line));
    this.bodies += 1;
    return this.readEvent(JSON.parse(words), words, position);
  }

  readEvent(event, words, position) {
    const { scope } = this.manifest;
    const [stream, [kind]] = [event.subject, event.type.split("/")];
    this.versions.set(stream, (this.versions.get(stream) ?? 0) + 1);
    const isClaimed = !scope.from && (!scope.streams.length || scope.streams.includes(stream));
    require(!isClaimed || event.streamversion === this.versions.get(stream), `thiếu sự kiện của ${stream}`);
    if (scope.run.includes(position)) this.times.set(position, event.recordedtime);
    for (const [, digest] of words.matchAll(REFERENCE)) this.named.add(digest);
    if (kind === "content.erased") this.erased.add(event.data.digest);
    if (position === 1 || (kind === "log.key_rotated" && stream === this.log)) {
      this.log = stream;
      this.keys.set(position, event.data.key);
    }
  }

  async judgeSeals(listing) {
    const { origin, size } = this.manifest;
    const keyAt = (at) => this.keys.get(Math.max(...[...this.keys.keys()].filter((since) => since <= at)));
    for (const [at, seal] of this.seals) {
      const [name, events, root] = openNote(seal, keyAt(at) ?? "");
      const isSame = name === origin && events === String(at) && root === btoa(String.fromCharCode(...this.tree.roots.get(at)));
      require(isSame, `khác dấu niêm phong số ${at}`);
    }
    const statement = await this.text("manifest.sig");
    const lines = [...openNote(statement, keyAt(size) ?? ""), ...statement.split("\n").slice(4)];
    const expected = [`bundle of ${origin}`, `sha256 ${toHex(sha256(listing))}`, ""];
    require(JSON.stringify(lines) === JSON.stringify(expected), "manifest.sig không ký bản kê này");
  }

  judgeContents() {
    const entries = Object.entries(this.manifest.files);
    const there = new Set(entries.filter(([name, [, it]]) => name === `contents/${it}`).map(([, [, it]]) => it));
    const isNamed = [...there].every((digest) => this.named.has(digest));
    const isExcused = [...this.named].every((digest) => there.has(digest) || this.erased.has(digest));
    require(isNamed && isExcused, "nội dung thừa, hoặc thiếu mà không có sự kiện xóa");
  }

  judgePeriod() {
    const { scope, size } = this.manifest;
    if (!scope.from) return;
    const [first, last] = scope.run;
    const begins = first === 1 || this.times.get(first) < scope.from;
    const ends = last === size || this.times.get(last) >= scope.to;
    const isHeld = this.ranges.some(([low, high]) => low <= first && last <= high);
    require(begins && ends && isHeld, "thiếu sự kiện của kỳ");
  }

  judgeKept() {
    const [name, size, root] = this.kept;
    if (!name) return;
    const own = this.tree.roots.get(Number(size));
    if (name === this.manifest.origin && !own) {
      throw new Unknown(`hồ sơ không có mốc ${size} của dấu bạn giữ; hãy xin hồ sơ lập kèm dấu đó`);
    }
    const isSame = own && name === this.manifest.origin && root === btoa(String.fromCharCode(...own));
    require(isSame, "lịch sử này KHÁC lịch sử của dấu niêm phong bạn giữ");
  }
}
