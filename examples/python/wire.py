"""The Confluent wire format and Avro's binary encoding, by hand: so any client can.

A record is byte 0, the schema's id in four bytes, and the fields in the order of the schema.
"""
import json
import struct
import time
import urllib.request


def number(value):
    """Avro's int and long: zigzag, seven bits a byte, least significant first."""
    value = (value << 1) ^ (value >> 63)
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def text(value):
    data = value.encode("utf-8")
    return number(len(data)) + data


def event(schema_id, image, name, source):
    """An ImageEvent: the fields in the order of the schema, a union's branch before its value."""
    return b"".join([
        b"\x00", struct.pack(">I", schema_id),
        text(name), text(source), number(int(time.time() * 1000)),
        number(0),                        # encoding: ENCODED
        number(0), number(0),             # height, width: null
        number(len(image)) + image,
        number(0),                        # label: null
        number(0)])                       # attributes: none


class Reader:
    """Reads Avro's binary encoding."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, length):
        self.at += length
        return self.data[self.at - length:self.at]

    def number(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return (value >> 1) ^ -(value & 1)

    def text(self):
        return self.take(self.number()).decode("utf-8")

    def float(self):
        return struct.unpack("<f", self.take(4))[0]

    def double(self):
        return struct.unpack("<d", self.take(8))[0]

    def maybe(self, read):
        return read() if self.number() == 1 else None


def score(data):
    """An OodScore, the fields in the order of the schema."""
    if data[0] != 0:
        raise ValueError("not in the wire format")
    r = Reader(data[5:])
    return {"id": r.text(), "source": r.text(), "captured_at": r.number(), "scored_at": r.number(), "model": r.text(),
            "model_version": r.text(), "detector_version": r.text(), "predicted_label": r.text(),
            "predicted_index": r.number(), "confidence": r.float(), "score": r.float(), "energy": r.float(),
            "threshold": r.maybe(r.double), "threshold_version": r.number(), "p_value": r.maybe(r.double),
            "verdict": ["IN_DISTRIBUTION", "OUT_OF_DISTRIBUTION", "UNCALIBRATED"][r.number()]}


def register(registry, subject, schema):
    """The id of a schema that the registry knows under this subject from now on."""
    request = urllib.request.Request(
        "%s/subjects/%s/versions" % (registry, subject), json.dumps({"schema": schema}).encode(),
        {"Content-Type": "application/vnd.schemaregistry.v1+json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["id"]
