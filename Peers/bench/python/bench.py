"""Measures on request, one line each: STACK OPERATION OCTETS SECONDS, answered by COUNT NANOSECONDS.

Time is the CPU time of the process. What an operation takes is made before and kept in a file of the working directory,
where the plain messages and the keys lie. The argument is the stack: python-xmlsec, zeep or xmlsec1.
"""

import importlib
import sys
import time
from pathlib import Path

_SOURCES = {"verify": "sign", "decrypt": "encrypt", "verify+decrypt": "sign+encrypt"}
_MODULES = {"python-xmlsec": "xmlsec_stack", "zeep": "zeep_stack", "xmlsec1": "xmlsec1_stack"}


def octets(stack, module, operation, size):
    """The input of an operation: a plain message, or what the stack made of one."""
    if operation not in _SOURCES:
        return Path(f"order-{size}.xml").read_bytes()
    source = _SOURCES[operation]
    path = Path(f"{stack}-{source}-{size}.xml")
    if not path.exists():
        path.write_bytes(module.work(source, octets(stack, module, source, size))())
    return path.read_bytes()


def measure(work, seconds):
    count, start = 0, time.process_time_ns()
    while True:
        work()
        count += 1
        elapsed = time.process_time_ns() - start
        if elapsed >= seconds * 1e9:
            return f"{count} {elapsed}"


def main(stack):
    module = importlib.import_module(_MODULES[stack])
    works = {}
    for line in sys.stdin:
        _, operation, size, seconds = line.split()
        try:
            if (operation, size) not in works:
                known = operation in module.OPERATIONS
                works[operation, size] = module.work(operation, octets(stack, module, operation, size)) if known else None
            work = works[operation, size]
            answer = "none" if work is None else getattr(module, "measure", measure)(work, float(seconds))
        except Exception as error:  # every failure is the line's answer
            answer = f"fail {type(error).__name__}: {error}".replace("\n", " ")
        print(answer, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
