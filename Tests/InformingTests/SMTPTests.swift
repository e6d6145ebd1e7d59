import Cryptography
import Foundation
import Informing
import Renewal
import StoreSQLite
import TestSupport
import Testing

@Suite("Mail goes out through a real mail server")
struct SMTPTests {
    @Test("With STARTTLS and AUTH PLAIN or LOGIN: text, certificate, fingerprint and a link that is kept as a digest")
    func submission() async throws {
        for mechanism in ["PLAIN", "LOGIN"] {
            try await World.run { world in
                let files = try world.certificate()
                let peer = try MailPeer([
                    "--security", "starttls", "--certificate", files.certificate, "--key", files.key,
                    "--user", "rekey", "--password", "secret", "--mechanism", mechanism,
                ])
                try world.useMail(peer.port, .starttls, user: "rekey", trust: files.certificate)
                let pem = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n"
                try await world.notify(attachments: [
                    RenewalNotification.Attachment(name: "orders-2.pem", certificatePEM: pem, fingerprint: "AB:CD")
                ])
                let ended = try await world.dispatch.deliver()
                #expect(ended.map(\.state) == [.delivered], "\(ended.map(\.result))")

                let mail = try peer.next()
                #expect(mail.tls && mail.user == "rekey" && mail.defects.isEmpty && mail.longest <= 78)
                #expect(mail.from == "rekey@tenant.example" && mail.to == ["rita@receiver.example"])
                #expect(mail.values("Message-ID") == ["<\(ended[0].messageID)>"])
                #expect(mail.values("Auto-Submitted") == ["auto-generated"])
                #expect(mail.parts.map(\.type) == ["text/plain", "application/x-pem-file"])
                #expect(mail.parts.last?.name == "orders-2.pem" && mail.parts.last?.text == pem)
                #expect(mail.text.contains("SHA-256 fingerprint AB:CD"))
                let link = try #require(
                    mail.text.firstMatch(of: /https:\/\/rekey\.tenant\.example\/acknowledge\/(\S+)/)
                )
                let token = String(link.output.1)
                let kept = try await world.store.read { (transaction: any RenewalTransaction) in
                    try transaction.link(digest: InformLinkTerms.digest(of: token))
                }
                #expect(kept?.actor == Actor(name: "rita", role: .receiverAdministrator, organisation: "receiver"))
                let octets = try Data(contentsOf: world.folder.appending(path: "store.sqlite-wal"))
                #expect(octets.range(of: Data(token.utf8)) == nil)
                #expect(try await world.dispatch.deliver().isEmpty)
                #expect(try peer.rest().isEmpty)
            }
        }
    }

    @Test("With TLS from the beginning, and text in any script over several lines")
    func implicitTLS() async throws {
        try await World.run { world in
            let files = try world.certificate()
            let peer = try MailPeer([
                "--security", "tls", "--certificate", files.certificate, "--key", files.key,
            ])
            try world.useMail(peer.port, .tls, trust: files.certificate)
            let text = "Schlüssel für Aufträge = 鍵\n.\n.. a line of dots\n" + String(repeating: "long ", count: 60)
            try await world.notify(subject: "Erneuerung für Aufträge: " + String(repeating: "鍵", count: 60), text: text)
            #expect(try await world.dispatch.deliver().map(\.state) == [.delivered])
            let mail = try peer.next()
            #expect(mail.tls && mail.longest <= 78)
            #expect(mail.defects == [])
            #expect(mail.text.replacing("\r\n", with: "\n").hasPrefix(text))
            #expect(mail.values("Subject") == ["Erneuerung für Aufträge: " + String(repeating: "鍵", count: 60)])
        }
    }

    @Test(
        "Nothing is sent without TLS, to a server that somebody else vouches for, or with a wrong password; it is tried again"
    )
    func refusedConnections() async throws {
        try await World.run { world in
            let files = try world.certificate()
            let bare = try MailPeer(["--security", "starttls", "--bare"])
            try world.useMail(bare.port, .starttls)
            try await world.notify()
            var ended = try await world.dispatch.deliver()
            #expect(ended.map(\.state) == [.waiting])
            #expect(ended[0].result?.contains("offers no STARTTLS") == true && !ended[0].isUncertain)
            #expect(try bare.rest().isEmpty)

            let peer = try MailPeer([
                "--security", "starttls", "--certificate", files.certificate, "--key", files.key,
                "--user", "rekey", "--password", "secret",
            ])
            world.clock.advance(by: .seconds(31))
            try world.useMail(peer.port, .starttls, user: "rekey")
            ended = try await world.dispatch.deliver()
            #expect(ended.map(\.state) == [.waiting] && ended[0].attempts == 2 && !ended[0].isUncertain)

            world.clock.advance(by: .seconds(61))
            try world.useMail(peer.port, .starttls, user: "rekey", password: "wrong", trust: files.certificate)
            ended = try await world.dispatch.deliver()
            #expect(ended[0].result?.contains("does not accept user and password: 535") == true)
            #expect(ended[0].result?.contains("wrong") == false)

            world.clock.advance(by: .seconds(121))
            try world.useMail(peer.port, .starttls, user: "rekey", trust: files.certificate)
            #expect(try await world.dispatch.deliver().map(\.state) == [.delivered])
            #expect(try peer.rest().count == 1)
        }
    }

    @Test("What comes in the clear behind the answer to STARTTLS does not pass for an answer under TLS")
    func injectedReplies() async throws {
        try await World.run { world in
            let peer = try MailPeer(["--inject"])
            try world.useMail(peer.port, .starttls, user: "rekey")
            try await world.notify()
            let ended = try await world.dispatch.deliver()
            #expect(ended.map(\.state) == [.waiting] && !ended[0].isUncertain)
            #expect(ended[0].result?.hasSuffix("it sent what nobody asked for") == true, "\(ended[0].result ?? "")")
        }
    }

    @Test("A server that is busy gets the mail later; one that is not there as well")
    func retries() async throws {
        try await World.run { world in
            let peer = try MailPeer(["--busy", "1"])
            try world.useMail(peer.port)
            try await world.notify()
            #expect(try await world.dispatch.deliver().map(\.state) == [.waiting])
            #expect(try await world.dispatch.deliver().isEmpty)
            world.clock.advance(by: .seconds(31))
            let ended = try await world.dispatch.deliver()
            #expect(ended.map(\.state) == [.delivered] && ended[0].attempts == 2)
            let mail = try #require(try peer.rest().first)
            #expect(!mail.text.contains("may have arrived"))
        }
    }

    @Test("When the server does not say whether it took the mail, it comes again under the same Message-ID and says so")
    func uncertain() async throws {
        try await World.run { world in
            let peer = try MailPeer(["--silent", "1"])
            try world.useMail(peer.port)
            try await world.notify()
            let first = try await world.dispatch.deliver()
            #expect(first.map(\.state) == [.waiting] && first[0].isUncertain)
            world.clock.advance(by: .seconds(31))
            #expect(try await world.dispatch.deliver().map(\.state) == [.delivered])
            let mails = try peer.rest()
            #expect(mails.count == 2 && mails[0].values("Message-ID") == mails[1].values("Message-ID"))
            #expect(!mails[0].text.contains("may have arrived"))
            #expect(
                mails[1].text.contains("This is attempt 2: an earlier one with the same Message-ID may have arrived.")
            )
        }
    }

    @Test("A recipient that the server refuses is undeliverable, and the tenant's administrators are told, once")
    func undeliverable() async throws {
        try await World.run { world in
            let peer = try MailPeer(["--refuse", "rita@receiver.example"])
            try world.useMail(peer.port)
            try await world.notify()
            let ended = try await world.dispatch.deliver()
            #expect(ended.map(\.state) == [.undeliverable])
            #expect(ended[0].result?.contains("550 5.1.1 no such mailbox here") == true)
            #expect(try await world.dispatch.deliver().isEmpty)
            let told = try await world.inbox(World.administrator)
            #expect(told.count == 1 && told[0].subject == "Undeliverable: Renewal of orders: 3-provide")
            #expect(told[0].text.contains("rekey inbox retry \(ended[0].messageID)"))
        }
    }

    @Test("After two days of failures it is given up")
    func patience() async throws {
        try await World.run { world in
            try world.useMail(1, host: "127.0.0.1")
            try await world.notify()
            var rounds = 0
            while try await world.deliveries(.undeliverable).isEmpty, rounds < 80 {
                _ = try await world.dispatch.deliver()
                world.clock.advance(by: .seconds(3_601))
                rounds += 1
            }
            #expect((40...60).contains(rounds))
            #expect(try await world.inbox(World.administrator).count == 1)
        }
    }

    @Test("No subject, name or address can add a header, a recipient or a command")
    func injection() async throws {
        try await World.run { world in
            let peer = try MailPeer([])
            try world.useMail(peer.port)
            try await world.notify(
                subject: "x\r\nBcc: everyone@example.org\r\n\r\n<b>body</b>\r\n.\r\nMAIL FROM:<a@b.c>",
                text: "text\r\n.\r\nRCPT TO:<everyone@example.org>\r\n",
                attachments: [
                    RenewalNotification.Attachment(
                        name: "a\"; filename=\"evil.exe\r\nX-Header: y",
                        certificatePEM: "pem",
                        fingerprint: "00"
                    )
                ]
            )
            #expect(try await world.dispatch.deliver().map(\.state) == [.delivered])
            let mails = try peer.rest()
            #expect(mails.count == 1 && mails[0].to == ["rita@receiver.example"])
            #expect(mails[0].values("Bcc").isEmpty && mails[0].values("X-Header").isEmpty && mails[0].defects.isEmpty)
            #expect(mails[0].parts.map(\.type) == ["text/plain", "application/x-pem-file"])
            #expect(mails[0].parts.last?.name == "a___filename__evil.exe_X-Header__y")
        }
        for text in [
            "a@b.c\r\nRCPT", "a b@c", "a@b>", "<a@b", "a@b@c", "@b", "a@", ".a@b", "a..b@c", "a@-b", "ä@b", "a@b\0",
        ] {
            #expect(MailAddress(text) == nil, "\(text)")
        }
    }
}
