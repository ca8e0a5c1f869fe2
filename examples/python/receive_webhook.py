#!/usr/bin/env python3
"""Takes what 'ood-monitor forward' posts: checks the signature, knows an alert that it has, prints each once.

    WEBHOOK_SECRET=whsec_... receive_webhook.py PORT

The libraries of www.standardwebhooks.com check the same.
"""
import base64
import hashlib
import hmac
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
OLDEST = 300
MOST_BYTES = 1 << 20
seen = set()                              # yours outlives a restart


def is_genuine(headers, body):
    """Signed with the secret, and lately: what somebody recorded cannot be sent again much later."""
    name, when = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not when.isdigit() or abs(time.time() - int(when)) > OLDEST:
        return False
    mac = hmac.new(KEY, f"{name}.{when}.".encode() + body, hashlib.sha256).digest()
    ours = "v1," + base64.b64encode(mac).decode()
    return any(hmac.compare_digest(ours, theirs) for theirs in headers.get("webhook-signature", "").split(" "))


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST_BYTES))
        if not is_genuine(self.headers, body):
            self.send_response(401)
        else:
            if self.headers["webhook-id"] not in seen:
                # In one piece: another thread may be printing.
                print(body.decode() + "\n", end="", flush=True)
                seen.add(self.headers["webhook-id"])
            # Only now: an alert that is not answered comes again.
            self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
