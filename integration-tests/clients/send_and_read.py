#!/usr/bin/env python3
"""Sends one image to the monitor and reads its alert, with nobody's code but the standard library, python3-kafka and kcat.

The Confluent wire format and Avro's binary encoding are made by hand here: so any client can.

    send_and_read.py BOOTSTRAP REGISTRY SCHEMA.avsc IMAGE_FILE ID
"""
import json
import struct
import subprocess
import sys
import time
import urllib.request

from kafka import KafkaProducer


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


def event(image, name, source):
    """An ImageEvent: the fields in the order of the schema, a union's branch before its value."""
    return b"".join([
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
    request = urllib.request.Request(
        "%s/subjects/%s/versions" % (registry, subject), json.dumps({"schema": schema}).encode(),
        {"Content-Type": "application/vnd.schemaregistry.v1+json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["id"]


def main():
    bootstrap, registry, schema_file, image_file, name = sys.argv[1:]
    with open(schema_file) as file:
        schema_id = register(registry, "images-value", file.read())
    with open(image_file, "rb") as file:
        image = file.read()
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    producer.send("images", b"\x00" + struct.pack(">I", schema_id) + event(image, name, "python")).get(timeout=30)
    producer.close()

    # kcat reads committed records only, and prints each as its length in 4 bytes and its value.
    deadline = time.time() + 60
    while time.time() < deadline:
        read = subprocess.run(["kcat", "-b", bootstrap, "-t", "ood-alerts", "-C", "-o", "beginning", "-e", "-q",
                               "-D", "", "-f", "%R%s"], capture_output=True, timeout=60, check=True).stdout
        while read:
            length = struct.unpack(">I", read[:4])[0]
            alert, read = score(read[4:4 + length]), read[4 + length:]
            if alert["id"] == name:
                print(json.dumps(alert))
                return 0
        time.sleep(0.2)
    print("no alert for %s within 60 s" % name, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
