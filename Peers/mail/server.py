"""A mail server for tests, on aiosmtpd (Debian: python3-aiosmtpd).

usage: server.py [--security starttls|tls|none] [--certificate FILE --key FILE] [--user NAME --password TEXT]
                 [--mechanism PLAIN|LOGIN] [--refuse ADDRESS] [--busy COUNT] [--silent COUNT] [--bare] [--inject]

Prints `port N` when it listens, then one JSON line for each mail that it took, parsed by Python's own library. `--busy` answers
so many mails with 451, `--silent` takes so many and closes the connection without saying so. With `--inject` it is nobody's server, but somebody on the way
who answers STARTTLS and at once, in the clear, what is to pass for an answer under TLS. Ends when its input does.
"""

import argparse
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Mailbox:
    def __init__(self, options):
        self.options = options
        self.busy = options.busy
        self.silent = options.silent

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.options.refuse:
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.busy:
            self.busy -= 1
            return "451 4.3.0 come again"
        say(parsed(session, envelope, server.transport))
        if self.silent:
            self.silent -= 1
            server.transport.abort()
        return "250 2.0.0 taken"


def parsed(session, envelope, transport):
    message = email.message_from_bytes(envelope.content, policy=email.policy.SMTP)
    parts = [part for part in message.walk() if not part.is_multipart()]
    return {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "tls": transport.get_extra_info("sslcontext") is not None,
        "user": session.auth_data.decode() if session.authenticated and session.auth_data else None,
        "fields": [[name, str(value)] for name, value in message.items()],
        "defects": [str(defect) for part in message.walk() for defect in part.defects],
        "longest": max(len(line) for line in envelope.content.split(b"\r\n")),
        "parts": [
            {
                "type": part.get_content_type(),
                "method": part.get_param("method"),
                "name": part.get_filename(),
                "text": part.get_payload(decode=True).decode(),
            }
            for part in parts
        ],
    }


def say(value):
    print(json.dumps(value), flush=True)


async def inject(reader, writer):
    writer.write(b"220 mail.test\r\n")
    while line := await reader.readline():
        if line.startswith(b"EHLO"):
            writer.write(b"250-mail.test\r\n250 STARTTLS\r\n")
        elif line.startswith(b"STARTTLS"):
            writer.write(b"220 go on\r\n250-mail.test\r\n250 AUTH PLAIN\r\n")


async def main():
    parser = argparse.ArgumentParser()
    for name in ("security", "certificate", "key", "user", "password", "mechanism", "refuse"):
        parser.add_argument("--" + name)
    for name in ("busy", "silent", "port"):
        parser.add_argument("--" + name, type=int, default=0)
    for name in ("bare", "inject"):
        parser.add_argument("--" + name, action="store_true")
    options = parser.parse_args()
    context = None
    if options.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)

    def authenticate(server, session, envelope, mechanism, data):
        known = data.login == options.user.encode() and data.password == options.password.encode()
        return AuthResult(success=known, handled=False, auth_data=data.login)

    mailbox = Mailbox(options)

    def connection():
        others = [name for name in ("PLAIN", "LOGIN") if options.mechanism and name != options.mechanism]
        return SMTP(
            mailbox,
            tls_context=context if options.security == "starttls" and not options.bare else None,
            require_starttls=options.security == "starttls" and not options.bare,
            authenticator=authenticate if options.user else None,
            auth_required=options.user is not None,
            auth_require_tls=options.security == "starttls",
            auth_exclude_mechanism=others,
            hostname="mail.test",
            loop=asyncio.get_running_loop(),
        )

    if options.inject:
        server = await asyncio.start_server(inject, "127.0.0.1", options.port)
    else:
        server = await asyncio.get_running_loop().create_server(
            connection, "127.0.0.1", options.port, ssl=context if options.security == "tls" else None
        )
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
