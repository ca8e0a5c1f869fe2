"""Makes the files beside it: tiny CIFAR archives as published, and SVHN's MATLAB files.

    python3 make.py      # with numpy and scipy

Image n has the byte 31 n + 101 c + 7 p at channel c and pixel p. CIFAR's pickles were written by Python 2, which writes
other opcodes than Python 3 does; dumps() writes them so, and every file is read back with pickle and with scipy.
"""
import gzip
import io
import pickle
import struct
import tarfile

import numpy as np
from scipy import io as matlab


def image(number):
    """3 x 1,024 bytes."""
    channel, pixel = np.mgrid[0:3, 0:1024]
    return (31 * number + 101 * channel + 7 * pixel).astype(np.uint8)


def dumps(value):
    """As cPickle.dumps(value, 2) of Python 2 with NumPy of its time."""
    out = io.BytesIO()
    memo = [0]

    def put():
        out.write(b"q" + bytes([memo[0]]) if memo[0] < 256 else b"r" + struct.pack("<i", memo[0]))
        memo[0] += 1

    def dump(v):
        if isinstance(v, str) or isinstance(v, bytes):
            raw = v.encode("latin1") if isinstance(v, str) else v
            out.write(b"U" + bytes([len(raw)]) if len(raw) < 256 else b"T" + struct.pack("<i", len(raw)))
            out.write(raw)
            put()
        elif v is None:
            out.write(b"N")
        elif isinstance(v, bool):
            out.write(b"\x88" if v else b"\x89")
        elif isinstance(v, int):
            out.write(b"K" + bytes([v]) if 0 <= v < 256 else b"M" + struct.pack("<H", v) if 0 <= v < 65536
                      else b"J" + struct.pack("<i", v))
        elif isinstance(v, list):
            out.write(b"]")
            put()
            if len(v) == 1:
                dump(v[0])
                out.write(b"a")
            elif v:
                out.write(b"(")
                for item in v:
                    dump(item)
                out.write(b"e")
        elif isinstance(v, dict):
            out.write(b"}")
            put()
            out.write(b"(")
            for key, item in v.items():
                dump(key)
                dump(item)
            out.write(b"u")
        elif isinstance(v, tuple):
            if len(v) > 3:
                out.write(b"(")
            for item in v:
                dump(item)
            out.write({0: b")", 1: b"\x85", 2: b"\x86", 3: b"\x87"}.get(len(v), b"t"))
            if v:
                put()
        elif isinstance(v, np.ndarray):
            out.write(b"cnumpy.core.multiarray\n_reconstruct\n")
            put()
            out.write(b"cnumpy\nndarray\n")
            put()
            dump((0,))
            dump("b")
            out.write(b"\x87")
            put()
            out.write(b"R")
            put()
            out.write(b"(")
            dump(1)
            dump(v.shape)
            out.write(b"cnumpy\ndtype\n")
            put()
            dump(("u1", 0, 1))
            out.write(b"R")
            put()
            dump((3, "|", None, None, None, -1, -1, 0))
            out.write(b"b")
            fortran = v.flags.f_contiguous and not v.flags.c_contiguous
            dump(bool(fortran))
            dump(v.tobytes("F" if fortran else "C"))
            out.write(b"t")
            put()
            out.write(b"b")
        else:
            raise TypeError(type(v))

    out.write(b"\x80\x02")
    dump(value)
    out.write(b".")
    return out.getvalue()


def checked(value):
    raw = dumps(value)
    back = pickle.loads(raw, encoding="latin1")
    assert back.keys() == value.keys()
    for key, expected in value.items():
        assert np.array_equal(back[key], expected), key
    return raw


def batch(numbers, classes, title, labels="labels", order="C"):
    content = {"batch_label": title, labels: [3 * n % classes for n in numbers],
               "data": np.asarray([image(n).reshape(-1) for n in numbers], order=order),
               "filenames": ["image_%d.png" % n for n in numbers]}
    if labels == "fine_labels":
        content["coarse_labels"] = [n % 20 for n in numbers]
    return checked(content)


def records(numbers, classes, coarse):
    return b"".join((bytes([n % 20]) if coarse else b"") + bytes([3 * n % classes]) + image(n).tobytes()
                    for n in numbers)


def pack(name, folder, files):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT) as tar:
        entry = tarfile.TarInfo(folder)
        entry.type = tarfile.DIRTYPE
        tar.addfile(entry)
        for file, content in files:
            entry = tarfile.TarInfo(folder + "/" + file)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    with open(name, "wb") as out:
        out.write(gzip.compress(raw.getvalue(), mtime=0))


NAMES = ["class%d" % i for i in range(100)]
TEXT = ("\n".join(NAMES[:10]) + "\n\n").encode()
# In the order of the published archive of the Python version: not by name.
ORDER = [4, 0, 3, -1, 2, 5, 1]


def cifar():
    python = {i: ("data_batch_%d" % i, batch([10 * i, 10 * i + 1], 10, "training batch %d of 5" % i))
              for i in range(1, 6)}
    python[0] = ("test_batch", batch([0, 1, 2], 10, "testing batch 1 of 1"))
    python[-1] = ("batches.meta", checked({"num_cases_per_batch": 2, "label_names": NAMES[:10], "num_vis": 3072}))
    pack("cifar-10-python.tar.gz", "cifar-10-batches-py", [("readme.html", b"<html>")] + [python[i] for i in ORDER])
    binary = {i: ("data_batch_%d.bin" % i, records([10 * i, 10 * i + 1], 10, False)) for i in range(1, 6)}
    binary[0] = ("test_batch.bin", records([0, 1, 2], 10, False))
    binary[-1] = ("batches.meta.txt", TEXT)
    pack("cifar-10-binary.tar.gz", "cifar-10-batches-bin", [binary[i] for i in ORDER])
    meta = checked({"fine_label_names": NAMES, "coarse_label_names": ["coarse%d" % i for i in range(20)]})
    # The one that lies column by column: NumPy writes whichever order the array had.
    train = batch(list(range(10, 17)), 100, "training batch 1 of 1", "fine_labels", "F")
    pack("cifar-100-python.tar.gz", "cifar-100-python",
         [("file.txt~", b""), ("train", train), ("test", batch([0, 1, 2], 100, "testing batch 1 of 1", "fine_labels")),
          ("meta", meta)])
    pack("cifar-100-binary.tar.gz", "cifar-100-binary",
         [("train.bin", records(range(10, 17), 100, True)), ("test.bin", records([0, 1, 2], 100, True)),
          ("fine_label_names.txt", "\n".join(NAMES).encode()), ("coarse_label_names.txt", b"\n")])


def digits(count):
    x = np.stack([image(n).reshape(3, 32, 32).transpose(1, 2, 0) for n in range(count)], axis=3)
    return x, (7 * np.arange(count) % 10 + 1).reshape(-1, 1)


def element(kind, content):
    return struct.pack(">ii", kind, len(content)) + content + bytes(-len(content) % 8)


def big_endian(name, kind, array_class, dims, content):
    return element(14, element(6, struct.pack(">ii", array_class, 0)) + element(5, struct.pack(">%di" % len(dims), *dims))
                   + element(1, name) + element(kind, content))


def svhn():
    x, y = digits(25)
    matlab.savemat("svhn.mat", {"X": x, "y": y.astype(np.uint8)}, do_compression=True)
    matlab.savemat("svhn-doubles-first.mat", {"y": y.astype(np.float64), "note": "text", "X": x}, do_compression=True)
    x, y = digits(3)
    matlab.savemat("svhn-plain.mat", {"X": x, "y": y.astype(np.uint8)})
    with open("svhn-big-endian.mat", "wb") as out:
        out.write(b"MATLAB 5.0 MAT-file, by hand".ljust(124) + b"\x01\x00MI"
                  + big_endian(b"y", 3, 10, (3, 1), y.astype(">i2").tobytes())
                  + big_endian(b"X", 2, 9, x.shape, x.tobytes("F")))
    for name in ["svhn-plain.mat", "svhn-big-endian.mat"]:
        back = matlab.loadmat(name)
        assert np.array_equal(back["X"], x) and np.array_equal(back["y"], y), name


cifar()
svhn()
