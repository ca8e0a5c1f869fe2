#!/usr/bin/env python3
"""Sends one image to the monitor, with the standard library and python3-kafka.

    send_image.py BOOTSTRAP REGISTRY SCHEMA.avsc IMAGE_FILE ID
"""
import sys

from kafka import KafkaProducer

import wire


def main():
    bootstrap, registry, schema_file, image_file, name = sys.argv[1:]
    with open(schema_file) as file:
        schema_id = wire.register(registry, "images-value", file.read())
    with open(image_file, "rb") as file:
        image = file.read()
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    producer.send("images", key=name.encode(), value=wire.event(schema_id, image, name, "python")).get(timeout=30)
    producer.close()


if __name__ == "__main__":
    main()
