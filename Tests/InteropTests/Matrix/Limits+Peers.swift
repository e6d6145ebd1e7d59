/// What the peers cannot, with the reason.
extension ForeignStack {
    /// What it does not write.
    var writingLimits: [Limit] {
        switch self {
        case .wss4j:
            [
                Self.noEdwards, Self.oneRecipient, Self.noAgreement, Self.noKeyName,
                Limit(.placement, ["data"], "WSS4J 1.6 repeats the id of the key that it embeds"),
                Limit(.signatureReference, ["embedded", "x509Data", "x509DataReference"], Self.wss4jForms),
                Limit(.encryptionReference, ["embedded", "x509Data", "x509DataReference"], Self.wss4jForms),
                Self.shortSignatures,
                Limit(
                    .transport,
                    ["oaep11-sha256-sha1"],
                    "WSS4J 1.6 names the digest and wraps with SHA-1: the message lies about itself"
                ),
                Limit(
                    .transport,
                    ["oaep11-sha256-sha256", "oaep11-sha512-sha512"],
                    "WSS4J 1.6 writes no `xenc11:MGF`: its mask generation is with SHA-1"
                ),
            ]
        case .santuario:
            Self.pairsOnly + [Self.oneRecipient, Self.noEdwards, Self.noAgreement, Self.shortSignatures]
                + Self.ownHeader
        case .zeep: zeepWritingLimits
        case .pythonXMLSec: Self.pairsOnly + [Self.oneRecipient, Self.noEdwards, Self.noX25519] + Self.ownHeader
        case .signxml:
            Self.noEncryption("signxml") + [
                Self.noEdwards, Self.noTransform,
                Limit(
                    .canonicalization,
                    ["inclusive", "inclusive11"],
                    "signxml canonicalizes `SignedInfo` outside of the envelope: inclusive forms change when it is placed there"
                ),
            ] + Self.ownHeader
        case .xmlsec1: Self.pairsOnly + [Self.oneRecipient, Self.noEdwards] + Self.ownHeader + Self.xmlsec1Algorithms
        }
    }

    /// What it does not read.
    var readingLimits: [Limit] {
        switch self {
        case .wss4j:
            [
                Self.noEdwards, Self.noAgreement,
                Limit(.signatureReference, ["embedded", "x509Data"], Self.wss4jForms),
                Limit(.encryptionReference, ["embedded", "x509Data"], Self.wss4jForms),
                Limit(.placement, ["data"], "WSS4J 1.6 does not look for the key in data that a ReferenceList names"),
                Limit(.recipients, ["2"], "WSS4J 1.6 refuses a message with a key that is for somebody else"),
                Limit(
                    .transport,
                    ["oaep11-sha256-sha1", "oaep11-sha256-sha256", "oaep11-sha512-sha512"],
                    "WSS4J 1.6 unwraps RSA-OAEP of XML Encryption 1.1 with SHA-1, whatever the message names"
                ),
            ]
        case .santuario: [Self.noTransform, Self.noEdwards, Self.noAgreement, Self.ellipticKeyValue] + Self.ownHeader
        case .zeep:
            Self.noEncryption("zeep") + [
                Self.noEdwards, Self.noTransform,
                Self.zeepConfirmation,
                Limit(
                    .steps,
                    ["token", "token,sign"],
                    "zeep's `UsernameToken.verify` does nothing, whatever the token says",
                    isCertain: false
                ),
            ]
        case .pythonXMLSec: [Self.noTransform, Self.noEdwards, Self.noX25519] + Self.ownHeader
        case .signxml:
            Self.noEncryption("signxml") + [
                Self.noEdwards, Self.noTransform,
                Limit(
                    [(.signature, ["pss-sha256", "pss-sha384", "pss-sha512"]), (.signatureReference, ["keyValue"])],
                    "signxml compares no `ds:KeyValue` with a certificate for RSA-PSS"
                ),
            ] + Self.ownHeader
        case .xmlsec1: [Self.noTransform, Self.noEdwards] + Self.ownHeader + Self.xmlsec1Algorithms
        }
    }

    private static let oneRecipient = Limit(.recipients, ["2"], "wraps a key for one recipient", isCertain: false)
    private static let wss4jForms = "WSS4J 1.6 has no such form of reference"
    private static let noEdwards = Limit(.signature, ["ed25519"], "knows no EdDSA")
    private static let shortSignatures = Limit(
        .signature,
        ["ecdsa-sha512"],
        "Santuario 2.1 leaves out the leading zero octets of P-521 signatures when both halves have one: one signature in four "
            + "is two octets short, against XML Signature 1.1 section 6.4.3, and refused",
        isCertain: false
    )
    private static let ellipticKeyValue = Limit(
        [(.signature, ["ecdsa-sha256", "ecdsa-sha384", "ecdsa-sha512"]), (.signatureReference, ["keyValue"])],
        "its `KeyValue` reads RSA and DSA keys alone"
    )
    private static let noAgreement = Limit(.transport, Set(Family.agreements), "knows no key agreement")
    private static let noX25519 = Limit(.transport, ["x25519"], "libxmlsec 1.3 knows no X25519", isCertain: false)
    private static let noKeyName = Limit(.signatureReference, ["keyName"], wss4jForms)
    private static let zeepConfirmation = Limit(
        .confirmation,
        ["one", "two", "none"],
        "zeep has no class for SignatureConfirmation"
    )
    private static let noTransform = Limit(.signed, ["body,timestamp,str"], "knows no STR-Transform")

    /// The header's forms that the programs around the plain XML libraries do not write or read.
    private static let ownHeader = [
        Limit(.steps, ["token", "token,sign"], "knows no WS-Security, so no UsernameToken"),
        Limit(.confirmation, ["one", "two", "none"], "knows no WS-Security, so no SignatureConfirmation"),
        Limit(
            .signatureReference,
            ["pkiPath", "certificateIdentifier", "encryptedKeySHA1"],
            "knows no WS-Security; our header for it leaves this form out"
        ),
        Limit(
            .encryptionReference,
            ["certificateIdentifier", "encryptedKeySHA1"],
            "knows no WS-Security; our header for it leaves this form out"
        ),
    ]

    private static let pairsOnly = [
        noTransform,
        Limit(.encrypted, ["body,signature"], "our header for it encrypts Body and header blocks"),
    ]

    private static func noEncryption(_ name: String) -> [Limit] {
        [Limit(.steps, ["encrypt", "sign,encrypt", "encrypt,sign"], "\(name) has no encryption")]
    }

    private static let xmlsec1Algorithms = [
        noAgreement,
        Limit(.signature, ["pss-sha256", "pss-sha384", "pss-sha512"], "xmlsec1 1.2 knows no RSA-PSS"),
        Limit(
            .transport,
            ["oaep-sha256", "oaep-sha384", "oaep-sha512"],
            "xmlsec1 1.2 knows no digest but SHA-1 for RSA-OAEP"
        ),
        Limit(
            .transport,
            ["oaep11-sha1-sha1", "oaep11-sha256-sha1", "oaep11-sha256-sha256", "oaep11-sha512-sha512"],
            "xmlsec1 1.2 knows no RSA-OAEP of XML Encryption 1.1"
        ),
    ]

    private var zeepWritingLimits: [Limit] {
        Self.noEncryption("zeep") + [
            Self.noEdwards, Self.zeepConfirmation,
            Limit(.signature, Set(Family.authenticationCodes), "zeep signs with private keys alone"),
            Limit(
                .signatureReference,
                [
                    "issuerSerial", "subjectKeyIdentifier", "thumbprint", "embedded", "x509Data",
                    "certificateIdentifier",
                    "pkiPath", "keyValue", "keyName", "encryptedKeySHA1",
                ],
                "zeep has no class that writes it"
            ),
            Limit(
                .signature,
                ["pss-sha256", "pss-sha384", "pss-sha512"],
                "zeep takes python-xmlsec's constants, among which is no RSA-PSS"
            ),
            Limit(.canonicalization, ["inclusive", "inclusive11"], "zeep canonicalizes exclusively"),
            Limit(
                .signed,
                ["body", "body,timestamp,header", "body,timestamp,token", "body,timestamp,str"],
                "zeep signs Body and Timestamp"
            ),
        ]
    }
}
