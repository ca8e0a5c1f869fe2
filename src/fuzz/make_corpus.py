#!/usr/bin/env python3
"""Writes seeds of src/fuzz/corpus: small real files of each kind, and some that mean harm. Needs Python 3 alone.

Images, MATLAB files and NumPy arrays are those of the tests' resources, which scripts beside them have made.
"""
import gzip, io, json, pathlib, struct, tarfile, zipfile

HERE = pathlib.Path(__file__).parent
RESOURCES = HERE.parent / "test" / "resources"
CORPUS = HERE / "corpus"


def put(target, name, content):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def take(target, folder, *names):
    for name in names:
        put(target, name, (RESOURCES / folder / name).read_bytes())


def images():
    take("jpeg", "images", "jpeg-1x17.jpg", "jpeg-4x3.jpg", "jpeg-grey-progressive.jpg", "jpeg-orientation-6.jpg",
         "jpeg-not-interleaved.jpg", "jpeg-restart.jpg")
    take("png", "images", "png-1x1-interlaced.png", "png-grey-2.png", "png-grey-4-interlaced.png",
         "png-palette-2-interlaced.png", "png-palette-8.png", "png-grey-alpha-8.png")
    take("bmp", "images", "bmp-1.bmp", "bmp-4-palette.bmp", "bmp-8-grey.bmp", "bmp-16-565.bmp")
    for bits, gap in ((1, 0), (8, 16), (24, 0), (32, 0)):
        put("bmp", f"small-{bits}.bmp", bitmap(bits, gap))
    take("webp", "images", "webp-lossless-1x1.webp", "webp-lossless-3-colours.webp", "webp-lossless-16x16.webp",
         "webp-lossless-200-colours.webp", "webp-lossy-3x2.webp", "webp-lossy-16x16.webp", "webp-animated.webp")
    # The same bits for fewer blocks, which take a fraction of the time.
    segments = bytearray((RESOURCES / "images" / "webp-lossy-segments.webp").read_bytes())
    at = segments.index(b"\x9d\x01\x2a") + 3
    segments[at:at + 4] = struct.pack("<HH", 32, 24)
    put("webp", "small-lossy-segments.webp", bytes(segments))
    frames = b""
    for _ in range(20):
        frames = b"ANMF" + struct.pack("<I", 16 + len(frames)) + bytes(16) + frames
    put("webp", "frames-in-frames.webp", b"RIFF" + struct.pack("<I", 4 + len(frames)) + b"WEBP" + frames)
    # Bits as they are read. No transforms, no cache, one group: four codes of one symbol, then symbol 255 of 40.
    put("webp", "symbol-beyond.webp", lossless("000" + "1000" * 4 + "101" + "11111111"))
    # A code for lengths whose only symbol is 18: three times 138 zeros, but there are 280 symbols.
    put("webp", "lengths-beyond.webp", lossless("000" + "0" + "0000" + "000100000000" + "0" + "1111111" * 3))


def bitmap(bits, gap):
    """Two by two pixels, so many bytes behind the palette."""
    palette = bytes(range(256)) * 4 if bits == 8 else bytes(4 << bits) if bits < 8 else b""
    pixels = bytes(range((2 * bits + 31) // 32 * 4 * 2))
    start = 54 + len(palette) + gap
    header = struct.pack("<IiiHHIIiiII", 40, 2, 2, 1, bits, 0, len(pixels), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", start + len(pixels), 0, 0, start) + header + palette + bytes(gap) + pixels


def lossless(bits):
    """A WebP file of one pixel."""
    stream = bytes([0x2F, 0, 0, 0, 0]) + int(bits[::-1], 2).to_bytes((len(bits) + 7) // 8, "little")
    chunk = b"VP8L" + struct.pack("<I", len(stream)) + stream + bytes(len(stream) % 2)
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def zigzag(value):
    return varint(value << 1 ^ value >> 63)


def text(value):
    return zigzag(len(value.encode())) + value.encode()


def event(image, encoded=True, label=None, attributes=(), height=None, width=None, id="part-1"):
    def number(value):
        return zigzag(0) if value is None else zigzag(1) + zigzag(value)
    out = b"\0\0\0\0\1" + text(id) + text("gate-7") + zigzag(1_795_000_000_000) + zigzag(0 if encoded else 1)
    out += number(height) + number(width) + zigzag(len(image)) + image
    out += zigzag(0) if label is None else zigzag(1) + text(label)
    if attributes:
        out += zigzag(len(attributes)) + b"".join(text(k) + text(v) for k, v in attributes)
    return out + zigzag(0)


def events():
    jpeg = (RESOURCES / "images" / "jpeg-4x3.jpg").read_bytes()
    put("event", "encoded", event(jpeg, attributes=[("line", "3"), ("shift", "night")]))
    put("event", "raw", event(bytes(range(12)), False, "bolt", height=2, width=2))
    put("event", "many-attributes", event(b"x", attributes=[(str(i), "") for i in range(30)]))
    put("event", "map-of-millions", event(b"x")[:-1] + zigzag(1 << 40))
    put("event", "long-id", event(b"x", id="i" * 5000))
    put("event", "unknown-schema", b"\0\0\1\0\0" + event(b"x")[5:])
    # The other schema: notes, image, id, place, source, captured_at, encoding, digest.
    put("event", "other-schema", b"\0\0\0\0\2" + zigzag(2) + zigzag(1) + text("a") + zigzag(0) + zigzag(0)
        + zigzag(3) + b"abc" + text("id") + struct.pack("<f", 1.5) + zigzag(1) + text("t") + b"\1" + zigzag(0)
        + text("gate") + zigzag(5) + zigzag(1) + bytes(16))


def tars():
    def tar(entries):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for name, content, kind, link in entries:
                info = tarfile.TarInfo(name)
                info.type = kind
                info.linkname = link
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
        # Python fills up to 10 kB: two blocks of zeros end an archive as well.
        return out.getvalue().rstrip(b"\0") + bytes(512 - len(out.getvalue().rstrip(b"\0")) % 512 + 1024)
    plain = [("a/", b"", tarfile.DIRTYPE, ""), ("a/1.jpg", b"one", tarfile.REGTYPE, ""),
             ("b/" + "x" * 120 + ".png", b"two", tarfile.REGTYPE, "")]
    cases = {
        "classes": plain,
        "slip": plain + [("../out.jpg", b"x", tarfile.REGTYPE, "")],
        "links": plain + [("b/link.jpg", b"", tarfile.SYMTYPE, "/etc/passwd"), ("b/hard.jpg", b"", tarfile.LNKTYPE,
                                                                               "../../x")],
        "dots": [("./" * 60 + "a.jpg", b"x", tarfile.REGTYPE, "")],
    }
    for name, entries in cases.items():
        put("tar", name + ".tar", tar(entries))
        put("targz", name + ".tar.gz", gzip.compress(tar(entries), mtime=0))
    put("targz", "bomb.tar.gz", gzip.compress(tar([("0.bmp", bytes(4 << 20), tarfile.REGTYPE, "")]), mtime=0))
    for name in ("cifar-10-binary", "cifar-10-python"):
        take("targz", "io/oodmonitor/dataset", name + ".tar.gz")
    packed = io.BytesIO((RESOURCES / "io/oodmonitor/dataset/cifar-10-python.tar.gz").read_bytes())
    with tarfile.open(fileobj=packed) as archive:
        for member in archive.getmembers():
            if pathlib.PurePath(member.name).name in ("test_batch", "batches.meta"):
                # Of a batch what stands before and behind the pixels: more than its opcodes is of no use.
                put("pickle", pathlib.PurePath(member.name).name, archive.extractfile(member).read())


def zips():
    def zipped(entries, method=zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, content in entries:
                archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, method)
        return out.getvalue()
    plain = [("a/", b""), ("a/1.jpg", b"one"), ("b/2.png", b"two")]
    put("zip", "classes.zip", zipped(plain))
    put("zip", "stored.zip", zipped(plain, zipfile.ZIP_STORED))
    put("zip", "slip.zip", zipped(plain + [("../out.jpg", b"x")]))
    put("zip", "absolute.zip", zipped(plain + [("/out.jpg", b"x")]))
    put("zip", "dots.zip", zipped([("./" * 60 + "a.jpg", b"x")]))
    # The size in the directory is minus one, in 64 bits.
    name = b"a.jpg"
    entry = struct.pack("<HHHHHIII", 45, 0, 0, 0, 33, 0, 1, 0xffffffff)
    local = b"PK\3\4" + entry + struct.pack("<HH", len(name), 0) + name + b"x"
    directory = b"PK\1\2\x2d\0" + entry + struct.pack("<HHHHHII", len(name), 12, 0, 0, 0, 0, 0) + name \
        + struct.pack("<HHq", 1, 8, -1)
    put("zip", "negative-size.zip", local + directory
        + struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, 1, 1, len(directory), len(local), 0))
    put("zip", "bomb.zip", zipped([("0.bmp", bytes(4 << 20))]))


def arrays():
    take("npy", "io/oodmonitor/detector", "big-endian.npy", "float32.npy", "float64.npy", "matrix.npy")
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (999999999, 999999999), }\n"
    put("npy", "huge.npy", b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header)
    take("mat", "io/oodmonitor/dataset", "svhn.mat", "svhn-doubles-first.mat")
    start = b"MATLAB 5.0".ljust(124) + b"\0\1IM"
    put("mat", "no-type.mat", start + struct.pack("<IIII", 14, 32, 6, 0) + bytes(24))
    pixels = struct.pack(">IIII", 0x803, 2, 3, 4) + bytes(range(24))
    put("idx", "plain", pixels)
    put("idx", "compressed", gzip.compress(pixels, mtime=0))
    put("idx", "claims-much", struct.pack(">IIII", 0x803, 2**31 - 1, 2048, 2048) + b"x")


def field(number, content):
    """Of a protocol buffer: a number, or bytes with their length."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


def value(name, kind, *dims):
    shape = b"".join(field(1, field(2, dim.encode()) if isinstance(dim, str) else field(1, dim)) for dim in dims)
    return field(1, name.encode()) + field(2, field(1, field(1, kind) + field(2, shape)))


def tensor(name, *dims):
    count = 1
    for dim in dims:
        count *= dim
    raw = struct.pack("<%df" % count, *[(i % 7 - 3) / 4 for i in range(count)])
    return b"".join(field(1, dim) for dim in dims) + field(2, 1) + field(8, name.encode()) + field(9, raw)


def node(operator, inputs, output, *attributes):
    return b"".join(field(1, name.encode()) for name in inputs) + field(2, output.encode()) \
        + field(3, (operator + "_" + output).encode()) + field(4, operator.encode()) \
        + b"".join(field(5, field(1, key.encode()) + field(3, number) + field(20, 2)) for key, number in attributes)


def model(nodes, tensors, inputs, outputs):
    graph = b"".join(field(1, each) for each in nodes) + field(2, b"tiny") + b"".join(field(5, each) for each in tensors) \
        + b"".join(field(11, each) for each in inputs) + b"".join(field(12, each) for each in outputs)
    return field(1, 8) + field(7, graph) + field(8, field(1, b"") + field(2, 13))


def models():
    weights = [tensor("conv", 6, 3, 1, 1), tensor("weight", 3, 6), tensor("bias", 3)]
    backbone = [node("Conv", ["pixels", "conv"], "maps"), node("Relu", ["maps"], "active"),
                node("GlobalAveragePool", ["active"], "pooled"), node("Flatten", ["pooled"], "h", ("axis", 1))]
    gemm = node("Gemm", ["h", "weight", "bias"], "logits", ("transB", 1))
    image = value("pixels", 1, "N", 3, 4, 4)
    put("onnx", "classifier.onnx", model(backbone + [gemm, node("Softmax", ["logits"], "p")], weights, [image],
                                         [value("p", 1, "N", 3)]))
    put("onnx", "sums.onnx", model(backbone[:3]
        + [node("Add", ["pooled" if i == 0 else "s%d" % (i - 1)] * 2, "s%d" % i) for i in range(40)]
        + [node("Conv", ["s39", "kernel"], "out")], weights[:1] + [tensor("kernel", 3, 6, 1, 1)], [image],
        [value("out", 1, "N", 3)]))
    put("onnx", "circle.onnx", model([node("Identity", ["b"], "a"), node("Identity", ["a"], "b")], [], [image],
                                     [value("a", 1, "N", 3)]))
    put("onnx", "no-inputs.onnx", model([node("Gemm", [], "out")], weights, [image], [value("out", 1, "N", 3)]))
    huge = field(1, 2**31 - 1) + field(1, 2**31 - 1) + field(2, 1) + field(8, b"weight") + field(9, b"1234")
    put("onnx", "huge-weight.onnx", model(backbone + [gemm], [weights[0], huge], [image], [value("logits", 1, "N", 3)]))
    put("onnx", "prepared.onnx", model(
        [node("Cast", ["images"], "real", ("to", 1)), node("Flatten", ["real"], "flat", ("axis", 1)),
         node("MatMul", ["flat", "reduce"], "features"), node("Gemm", ["features", "weight", "bias"], "logits",
                                                             ("transB", 1)),
         node("ArgMax", ["logits"], "class", ("axis", 1)), node("ReduceMax", ["logits"], "confidence"),
         node("ReduceLogSumExp", ["logits"], "score")], [tensor("reduce", 48, 6)] + weights[1:],
        [value("images", 2, "N", 4, 4, 3)],
        [value("score", 1, "N"), value("class", 7, "N"), value("confidence", 1, "N"), value("features", 1, "N", 6),
         value("logits", 1, "N", 3)]))


def manifests():
    manifest = {
        "format": 1, "name": "tiny", "version": "1", "created": "2026-11-24T00:00:00Z", "runtime": "onnxruntime",
        "input": {"height": 4, "width": 4, "policy": "RESIZE_THEN_CROP", "share": 1.0, "interpolation": "BILINEAR",
                  "channels": "RGB", "mean": [0.1, 0.2, 0.3], "std": [0.4, 0.5, 0.6]},
        "classes": ["bolt", "nut", "washer"],
        "network": {"opset": 13, "penultimate": "features", "weight": "weight", "bias": "bias", "features": 6},
        "detector": "dice@50",
        "threshold": {"threshold": 0.4, "rank": 5, "samples": 100, "targetFalseAlarmRate": 0.05, "accuracy": 0.97,
                      "quantiles": [0.0, 0.5, 1.0]},
        "files": {"feature-mean.npy": "MEAN-DIGEST", "model.onnx": "MODEL-DIGEST"}}

    def write(name, **changes):
        put("manifest", name, json.dumps({**manifest, **changes}).encode())
    write("whole.json")
    write("without-threshold.json", threshold=None)
    write("null-mean.json", input={**manifest["input"], "mean": [None, 0.2, 0.3]})
    write("outside.json", files={**manifest["files"], "../../../etc/passwd": "0" * 64})
    write("detectors.json", detector="dice@50" + "+dice@50" * 500)
    put("manifest", "null.json", b"null")


if __name__ == "__main__":
    for make in (images, events, tars, zips, arrays, models, manifests):
        make()
