"""zeep, python-xmlsec, signxml and the xmlsec1 program as counterparts.

peer.py STACK batch: one job per line of standard input, one line of output each: ok, or fail and the reason.
peer.py STACK OPERATION NAME=VALUE…: one job.

STACK is zeep, python-xmlsec, signxml or xmlsec1. A job is the operation, then NAME=VALUE, separated by tabs. Operations: protect, process.

steps: what is done, in order: token, sign, encrypt to protect; verify, decrypt to process · in, out: message files ·
key: prefix of PREFIX.key.pem and PREFIX.crt.pem, of the side that signs or decrypts · to: certificate to encrypt to ·
trust: certificate that verifies · signature, digest, canonicalization, cipher, transport: see algorithms.py ·
signature-reference, encryption-reference: see references.py · signed, encrypted: parts, separated by commas, see envelope.py ·
username: text or digest · actor: the actor or role that the header is for; absent for the ultimate receiver ·
secret: file of a shared secret that signs in place of the key
"""

import importlib
import sys

from envelope import Refusal, add_timestamp, address, read, require_address, write

_STACKS = {
    "zeep": "zeep_stack",
    "python-xmlsec": "python_xmlsec",
    "signxml": "signxml_stack",
    "xmlsec1": "xmlsec1_program",
}


def run(stack, operation, words):
    words = dict(word.split("=", 1) for word in words)
    envelope = read(words.pop("in"))
    out = words.pop("out")
    if operation == "protect":
        add_timestamp(envelope)
        address(envelope, words.get("actor"))
    elif operation == "process":
        require_address(envelope, words.get("actor"))
    else:
        raise Refusal(f"unknown operation {operation}")
    for step in words.get("steps", "").split(","):
        if not hasattr(stack, step):
            raise Refusal(f"{stack.__name__} has no step {step}")
        getattr(stack, step)(envelope, words)
    write(envelope, out)


def result(stack, job):
    try:
        run(stack, job[0], job[1:])
    except Exception as error:  # every failure is the job's result
        return f"fail\t{type(error).__name__}: {error}".replace("\n", " ")
    return "ok"


def main(arguments):
    if len(arguments) < 2 or arguments[0] not in _STACKS:
        print(__doc__, file=sys.stderr)
        return 2
    stack = importlib.import_module(_STACKS[arguments[0]])
    if arguments[1] == "batch":
        for line in sys.stdin:
            print(result(stack, line.rstrip("\n").split("\t")), flush=True)
        return 0
    outcome = result(stack, arguments[1:])
    print(outcome)
    return 0 if outcome == "ok" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
