import AsyncHTTPClient
import Foundation
import PartnerSystem
import Testing

@Suite("Control interface", .timeLimit(.minutes(1)))
struct PartnerControlTests {
    private func refusal(_ act: () async throws -> Void) async throws -> Int? {
        do {
            try await act()
            return nil
        } catch let error as PartnerControlError {
            return error.status
        }
    }

    @Test("a wrong token is refused before anything else")
    func token() async throws {
        try await Pair(mode: .dual)
            .run { sender, _ in
                let stranger = PartnerControlClient(url: "http://127.0.0.1:\(sender.ports.control)", token: "wrong")
                let status = try await refusal { _ = try await stranger.status() }
                #expect(status == 401)
            }
    }

    @Test("a single system refuses to hold two keys of a use, with the reason")
    func singleRefuses() async throws {
        try await Pair(mode: .single)
            .run { sender, receiver in
                let new = try await receiver.client.createKeyPair(for: .sign)
                let status = try await refusal {
                    try await sender.client.trust(.verify, certificate: new.certificate, keepOld: true)
                }
                #expect(status == 409)
                let inUse = try await sender.client.status().inUse(.verify)
                #expect(inUse.count == 1)
            }
    }

    @Test("a receiver cannot be told to send, and an unknown key cannot be used or removed")
    func refusals() async throws {
        try await Pair(mode: .dual)
            .run { sender, receiver in
                let sending = try await refusal { try await receiver.client.setSending(true) }
                let unknown = try await refusal { try await sender.client.useKeyPair(.sign, fingerprint: "00") }
                let foreign = try await refusal { try await sender.client.useKeyPair(.verify, fingerprint: "00") }
                let garbage = try await refusal { try await sender.client.trust(.verify, certificate: "no PEM") }
                #expect([sending, unknown, foreign, garbage] == [409, 404, 400, 400])
            }
    }

    @Test("the private key of a made key pair stays in the system")
    func secrecy() async throws {
        try await Pair(mode: .dual)
            .run { sender, _ in
                let made = try await sender.client.createKeyPair(for: .decrypt)
                #expect(!made.certificate.contains("PRIVATE"))
                #expect(try await sender.client.status().held.allSatisfy { !$0.certificate.contains("PRIVATE") })
            }
    }
}
