"""zeep and python-xmlsec as a counterpart.

peer.py batch: one job per line of standard input, one line of output each: ok, or fail and the reason.
peer.py OPERATION NAME=VALUE…: one job.

A job is the operation, then NAME=VALUE, separated by tabs: in, out (message files), key (prefix of PREFIX.key.pem and
PREFIX.crt.pem), to (certificate to encrypt to), trust (certificate that verifies), reference, cipher, oaep,
key-kind.
"""

import sys

import encryption
import signing
from envelope import Refusal, read, write

_STEPS = {
    "sign": [signing.sign],
    "verify": [signing.verify],
    "encrypt": [encryption.encrypt],
    "decrypt": [encryption.decrypt],
    "sign-encrypt": [signing.sign, encryption.encrypt],
    "encrypt-sign": [encryption.encrypt, signing.sign],
    "decrypt-verify": [encryption.decrypt, signing.verify],
    "verify-decrypt": [signing.verify, encryption.decrypt],
}


def run(operation, words):
    if operation not in _STEPS:
        raise Refusal(f"unknown operation {operation}")
    words = dict(word.split("=", 1) for word in words)
    envelope = read(words.pop("in"))
    out = words.pop("out")
    for step in _STEPS[operation]:
        step(envelope, words)
    write(envelope, out)


def result(job):
    try:
        run(job[0], job[1:])
    except Exception as error:  # every failure is the job's result
        return f"fail\t{type(error).__name__}: {error}".replace("\n", " ")
    return "ok"


def main(arguments):
    if arguments == ["batch"]:
        for line in sys.stdin:
            print(result(line.rstrip("\n").split("\t")), flush=True)
        return 0
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    outcome = result(arguments)
    print(outcome)
    return 0 if outcome == "ok" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
