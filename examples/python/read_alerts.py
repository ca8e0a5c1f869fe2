#!/usr/bin/env python3
"""Prints alerts as JSON, one a line, as kcat reads them from ood-alerts: committed ones only, which is kcat's default.

    kcat -b BOOTSTRAP -t ood-alerts -C -q -u -o beginning -D '' -f '%R%s' | read_alerts.py [ID]

With an ID it ends at that image's alert. kcat prints a record as its length in four bytes (%R) and its value (%s).
"""
import json
import struct
import sys

import wire


def records(stream):
    while len(length := stream.read(4)) == 4:
        yield stream.read(struct.unpack(">I", length)[0])


def main():
    wanted = sys.argv[1] if len(sys.argv) > 1 else None
    for record in records(sys.stdin.buffer):
        alert = wire.score(record)
        if wanted is None or alert["id"] == wanted:
            print(json.dumps(alert), flush=True)
            if wanted is not None:
                return 0
    return 0 if wanted is None else 1


if __name__ == "__main__":
    sys.exit(main())
