"""The xmlsec1 program by its --repeat option: the CPU time of many repetitions less that of one.

It fills in a template rather than writing a header, and starts neither at an EncryptedKey outside of its EncryptedData nor at
one that is referred to, so it signs and verifies only. What it signs and verifies was written by python-xmlsec.
"""

import re
import resource
import subprocess
import tempfile

import xmlsec_stack
from envelope import WSU

OPERATIONS = frozenset(["sign", "verify"])
_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
_IDS = ["--id-attr:Id", f"{_ENVELOPE}:Body", "--id-attr:Id", f"{WSU}:Timestamp"]
_COMMANDS = {
    "sign": ["--sign", *_IDS, "--privkey-pem", "signer.key.pem", "--output", "/dev/null"],
    "verify": ["--verify", *_IDS, "--pubkey-cert-pem", "signer.crt.pem"],
}


class _Program:
    def __init__(self, operation, octets):
        self.file = tempfile.NamedTemporaryFile(suffix=".xml", dir=".")
        signed = xmlsec_stack.work("sign", octets)() if operation == "sign" else octets
        self.signed = signed
        if operation == "sign":
            signed = re.sub(rb"<ds:(DigestValue|SignatureValue)>[^<]*</", rb"<ds:\1></", signed)
        self.file.write(signed)
        self.file.flush()
        self.command = ["xmlsec1", *_COMMANDS[operation]]
        self.rate = None

    def __call__(self):
        return self.signed

    def seconds(self, count):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = subprocess.run([*self.command, "--repeat", str(count), self.file.name], capture_output=True)
        if result.returncode != 0:
            raise RuntimeError(result.stderr.decode(errors="replace")[:200])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def work(operation, octets):
    return _Program(operation, octets)


def measure(program, seconds):
    once = program.seconds(1)
    if seconds == 0:
        return _answer(1, once)
    if program.rate is None:
        program.rate = 1 / (once if once > 0.2 else max((program.seconds(9) - once) / 8, 1e-4))
    count = max(2, round(seconds * program.rate))
    elapsed = program.seconds(count + 1) - once
    return _answer(count, elapsed)


def _answer(count, seconds):
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    return f"{count} {max(1, round(seconds * 1e9))} - {peak}"
