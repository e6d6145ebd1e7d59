import Cryptography
import Foundation
import Keystore
import Messaging
import Renewal
import TestSupport
import Testing

/// What people see when a renewal goes wrong, held to the table of docs/operations.md word for word.
@Suite struct MistakeTests {
    /// The page, its line breaks as they are.
    private static let page = Result {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "docs/operations.md"), encoding: .utf8)
    }

    private func expectShown(_ text: String?, _ location: SourceLocation = #_sourceLocation) throws {
        let text = try #require(text, sourceLocation: location)
        #expect(try Self.page.get().contains(text), "not on the page: \(text)", sourceLocation: location)
    }

    private func refusal(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? RenewalRefusal)?.description
        }
    }

    private func world(_ useCase: UseCaseName = .tenantSignsOutboundRequest) async throws -> World {
        let world = try await World(useCase, .dual)
        try await world.begin()
        return world
    }

    /// A step that waits for a certificate, and what bringing this one is answered.
    private func bringing(_ input: (World) async throws -> StepInput) async throws -> String? {
        let world = try await world(.tenantEncryptsOutboundRequest)
        try await world.carryOut { view in
            view.steps.contains { $0.kind == .provideCertificate && $0.state == .open }
        }
        let input = try await input(world)
        return await refusal { try await world.claim("3-provide-certificate", People.rita, input) }
    }

    @Test("Going back when a system no longer has the old key")
    func rollBack() async throws {
        let world = try await world()
        try await world.carryOut { $0.steps.contains { $0.kind == .removeOld && $0.state == .verified } }
        try expectShown(
            await refusal { _ = try await world.engine.rollBack(world.id, by: People.tina, reason: "Errors.") }
        )
    }

    @Test("Giving up after the exchange")
    func abort() async throws {
        let world = try await world()
        try await world.carryOut { $0.exchangedAt != nil }
        try expectShown(
            await refusal { _ = try await world.engine.abort(world.id, by: People.tina, reason: "Errors.") }
        )
    }

    @Test("Accepting a step without its proof, alone")
    func override() async throws {
        let world = try await world()
        world.isSending = false
        try await world.carryOut { $0.exchangedAt != nil }
        try await world.override("5-exchange", People.tina)
        try expectShown(await refusal { try await world.override("5-exchange", People.tina) })
    }

    @Test("Exchanging before the partner is ready")
    func early() async throws {
        let world = try await world()
        try expectShown(await refusal { try await world.claim("5-exchange", People.tina) })
    }

    @Test("A key that others know, alone")
    func compromise() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        let declare = {
            let id = KeyVersionID(alias: world.alias, number: 1)
            let usages = try world.usages
            _ = try await world.engine.compromise(id, usages: usages, reason: "Mailed.", by: People.tina)
        }
        try await declare()
        try expectShown(await refusal(declare))
    }

    @Test("A partner who never answers changes nothing, and the coordinator is told what can be done")
    func silence() async throws {
        let world = try await world()
        try await world.carryOut { $0.steps.contains { $0.kind == .configurePartner && $0.state == .open } }
        for _ in 0..<20 {
            world.clock.advance(by: .seconds(10 * 86_400))
            try await world.traffic()
            try await world.engine.tick()
        }
        #expect(try await world.versions().map(\.state) == [.active, .staged])
        let told = try await world.engine.notifications(for: People.tina)
            .filter { $0.id.rawValue.hasSuffix("unanswered") }
        #expect(told.count == 1)
        let text = try #require(told.first?.text)
        let start = try #require(text.range(of: "Nothing changes by itself"))
        let end = try #require(text.range(of: " (Renewal"))
        try expectShown(String(text[start.lowerBound..<end.lowerBound]))
        _ = try await world.engine.abort(world.id, by: People.tina, reason: "No answer.")
        #expect(try await world.versions().map(\.state) == [.active, .retired])
    }

    @Test("An old certificate that has expired is no way back")
    func expired() async throws {
        let world = try await world()
        try await world.carryOut { $0.exchangedAt != nil }
        world.clock.advance(by: .seconds(366 * 86_400))
        try expectShown(
            await refusal { _ = try await world.engine.rollBack(world.id, by: People.tina, reason: "Errors.") }
        )
    }

    @Test("The certificate that is in use, sent again")
    func sameCertificate() async throws {
        try expectShown(
            try await bringing { StepInput(certificatePEM: try await $0.versions().first?.certificatePEM) }
        )
    }

    @Test("A certificate with the issuer and serial number of another")
    func ambiguous() async throws {
        let text = try await bringing { world in
            let old = try #require(try await world.versions().first?.certificate)
            let next = try Certificates.make(world.alias.rawValue, at: world.clock.now)
            let twin = try Certificate(der: try Self.giving(next.der, serialOf: old.der))
            return StepInput(certificatePEM: twin.pem)
        }
        try expectShown(text)
    }

    /// `der` with the serial number of `other`; both are 16 octets just after the version.
    private static func giving(_ der: [UInt8], serialOf other: [UInt8]) throws -> [UInt8] {
        let version: [UInt8] = [0xA0, 0x03, 0x02, 0x01, 0x02, 0x02, 0x10]
        let place = { (der: [UInt8]) throws -> Range<Int> in
            let start = try #require(der.indices.first { der[$0...].starts(with: version) }) + version.count
            return start..<start + 16
        }
        var forged = der
        forged.replaceSubrange(try place(der), with: other[try place(other)])
        return forged
    }

    @Test("Another certificate than one was told of")
    func fingerprint() async throws {
        let text = try await bringing { world in
            let told = "00:11:22"
            return StepInput(certificatePEM: try Certificates.make("next", at: world.clock.now).pem, fingerprint: told)
        }
        let end = try #require(text?.range(of: "not 00:11:22"))
        try expectShown(text.map { String($0[end.upperBound...]) })
    }

    @Test("A certificate that was renewed for the key in use")
    func renewed() async throws {
        let text = try await bringing { world in
            let name = world.alias.rawValue
            let renewed = try Certificates.make(name, of: world.partnerKeys[name], at: world.clock.now)
            return StepInput(certificatePEM: renewed.pem)
        }
        try expectShown(text)
    }

    @Test("Messages that are refused after the exchange")
    func refusedExchange() async throws {
        let world = try await world()
        try await world.carryOut { $0.exchangedAt != nil }
        try await world.traffic(1, outcome: .failed)
        try await world.engine.tick()
        try expectShown(try await world.show().steps.first { $0.kind == .exchange }?.reason)
    }

    @Test("The fingerprint that one was told is taken in any spelling")
    func rightFingerprint() async throws {
        let text = try await bringing { world in
            let certificate = try Certificates.make("next", at: world.clock.now)
            let told = certificate.fingerprint.lowercased().replacingOccurrences(of: ":", with: "")
            return StepInput(certificatePEM: certificate.pem, fingerprint: told)
        }
        #expect(text == nil)
    }

    @Test("A file that is no certificate")
    func unreadable() async throws {
        let text = try await bringing { _ in StepInput(certificatePEM: "-----BEGIN CERTIFICATE REQUEST-----") }
        #expect(text?.hasSuffix("Give one certificate in PEM, the leaf first: no key, no request, no DER.") == true)
    }
}
