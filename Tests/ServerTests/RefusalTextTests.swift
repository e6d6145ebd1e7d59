import Cryptography
import Foundation
import Keystore
import ManagementAPI
import Messaging
import Testing

@testable import Server

/// Every refusal of the closed lists says what to do instead; a new case does not compile here before it has a place.
@Suite("Refusals say what to do instead")
struct RefusalTextTests {
    @Test("Each case of the keystore names a mend in its text, and has a code and a remedy of its own in the API")
    func keystore() throws {
        var codes: [String] = []
        for error in try Self.chain(from: Self.firstKeystoreError, next: Self.next(after:)) {
            if case .cryptography = error {} else { Self.expectMend(in: error.description) }
            let problem = Refusal(error).problem
            #expect(!problem.remedy.isEmpty && problem.detail == error.description)
            codes.append(problem.code)
        }
        #expect(Set(codes).count == codes.count && codes.count == 38)
    }

    @Test("Each case of flows, renamings, receivers and stored messages has a cause and a mend")
    func messaging() throws {
        let flow = try #require(FlowID(rawValue: "orders"))
        let (alias, partner) = try (KeyAlias("orders-sign"), PartnerID("northwind"))
        for error in Self.chain(
            from: DeploymentError.unknownFlow(flow),
            next: { Self.next($0, flow, alias, partner) }
        ) {
            #expect(!error.cause.isEmpty && !error.mend.isEmpty && !Refusal(error).problem.remedy.isEmpty)
        }
        for error in Self.chain(
            from: KeyRenameError.namedByFlows(alias, [flow]),
            next: { Self.next($0, flow, alias) }
        ) {
            Self.expectMend(in: error.description)
            #expect(Refusal(error).problem.code == error.code)
        }
        for state in StoredMessage.State.allCases {
            for error in [MessageError.unknownMessage("m"), .notFailed("m", state), .notDiscardable("m", state)] {
                #expect(!Refusal(error).problem.remedy.isEmpty)
            }
        }
    }

    @Test("Each code of the API has a title and a status of its own kind")
    func codes() {
        for code in RefusalCode.allCases {
            #expect(!code.title.isEmpty && (400...503).contains(code.status))
        }
    }

    /// The first word of what a person can do.
    private static let verbs: Set<String> = [
        "ask", "attach", "choose", "create", "destroy", "do", "exchange", "finish", "give", "have", "import", "leave",
        "list", "make", "name", "rename", "start", "use", "write",
    ]

    private static func expectMend(in text: String, _ location: SourceLocation = #_sourceLocation) {
        let parts = text.split { ":;,".contains($0) }.dropFirst()
        let words = parts.compactMap { part in
            part.split(separator: " ").first { !["and", "so", "else"].contains($0) }.map(String.init)
        }
        #expect(words.contains(where: verbs.contains), "says only no: \(text)", sourceLocation: location)
    }

    /// Every case, from the first to the one after which there is none.
    private static func chain<Value>(from first: Value, next: (Value) throws -> Value?) rethrows -> [Value] {
        var (values, value) = ([first], first)
        while let following = try next(value) {
            values.append(following)
            value = following
        }
        return values
    }

    private static let firstKeystoreError = KeystoreError.invalidName("A B")

    /// The case after `error`, so that the compiler knows when one is missing.
    private static func next(after error: KeystoreError) throws -> KeystoreError? {
        let (alias, other) = try (KeyAlias("orders-sign"), KeyAlias("sales-sign"))
        let (id, now) = (KeyVersionID(alias: alias, number: 1), Date(timeIntervalSince1970: 1_800_000_000))
        return switch error {
        case .invalidName: .unknownAlias(alias)
        case .unknownAlias: .renamed(alias, to: other)
        case .renamed: .nameTaken(other)
        case .nameTaken: .reservedName(other)
        case .reservedName: .inUse(alias, by: ["the renewal orders-sign-1"])
        case .inUse: .unknownVersion(id)
        case .unknownVersion: .noActiveVersion(alias)
        case .noActiveVersion: .noPrivateKey(id)
        case .noPrivateKey: .expired(id, notAfter: now)
        case .expired: .notYetValid(id, notBefore: now)
        case .notYetValid: .transitionRefused(id, from: .active, to: .destroyed)
        case .transitionRefused: .notOnTrial(id, .active)
        case .notOnTrial: .nothingToRollBack(alias)
        case .nothingToRollBack: .retained(id, possibleAt: now)
        case .retained: .secondPersonNeeded(id)
        case .secondPersonNeeded: .ownerMismatch(alias, owner: .tenant)
        case .ownerMismatch: .certificateMissing(alias)
        case .certificateMissing: .certificateMismatch(alias)
        case .certificateMismatch: .certificateOfAnotherKey(alias, other: id)
        case .certificateOfAnotherKey: .invalidFingerprint("AB")
        case .invalidFingerprint: .wrongFingerprint(alias, expected: "AB", actual: "CD")
        case .wrongFingerprint: .sameKey(id)
        case .sameKey: .compromisedKey(alias, as: id)
        case .compromisedKey: .notSuitable(alias, allows: "keyEncipherment", use: "signing")
        case .notSuitable: .brokenChain(alias, certificate: "CN=a", cause: "it issued none of the others")
        case .brokenChain: .issuerNotValid(alias, certificate: "CN=a", from: now, to: now)
        case .issuerNotValid: .alreadyPresent(id)
        case .alreadyPresent: .ambiguous(alias, identifier: "issuer and serial number", other: id)
        case .ambiguous: .weakKey(alias, key: "RSA 1024")
        case .weakKey: .unknownExport("e")
        case .unknownExport: .exportRefused("e", status: "lapsed", act: "approved", requestedBy: "tina")
        case .exportRefused: .malformedBackup("it is too large")
        case .malformedBackup: .masterKey("there is no file")
        case .masterKey: .sealBroken(context: "x")
        case .sealBroken: .unknownToken(try TokenName("hsm"))
        case .unknownToken: .keyInToken(id, try TokenName("hsm"))
        case .keyInToken: .cryptography(.wrongPassword)
        case .cryptography: nil
        }
    }

    private static func next(
        _ error: DeploymentError,
        _ flow: FlowID,
        _ alias: KeyAlias,
        _ partner: PartnerID
    ) -> DeploymentError? {
        let use = ConfiguredKeyUse(alias: alias, purpose: .sign, flow: flow, side: .receiver, partner: partner)
        let owner = KeyOwner.partner(partner)
        return switch error {
        case .unknownFlow: .pathTaken("/in/orders", by: flow)
        case .pathTaken: .unknownCredential("c", in: flow)
        case .unknownCredential: .unknownAssertion("a", in: flow)
        case .unknownAssertion: .missingArchive(flow)
        case .missingArchive: .renamedKey(alias, now: alias, in: flow)
        case .renamedKey: .foreignKey(use, of: owner)
        case .foreignKey: .missingTransport(.clientCertificates, in: flow)
        case .foreignCertificate, .missingTransport: .clearPasswords(flow)
        case .clearPasswords: .receiverRefused(.host("a.example"), in: flow)
        case .receiverRefused(.host, _): .receiverRefused(.address("127.0.0.1"), in: flow)
        case .receiverRefused: nil
        }
    }

    private static func next(_ error: KeyRenameError, _ flow: FlowID, _ alias: KeyAlias) -> KeyRenameError? {
        switch error {
        case .namedByFlows: .namedByListener(alias, "messages")
        case .namedByListener: .unclearDocument(alias, flow)
        case .unclearDocument: nil
        }
    }
}
