// swift-tools-version: 6.2
import PackageDescription

/// Set by scripts/fuzz, which builds the engine with the instrumentation of libFuzzer, and the program that drives it.
let isFuzzing = Context.environment["REKEY_FUZZ"] != nil

let features: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
let instrumentation: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer,address"])] : []
let settings = features + instrumentation

let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// A target of the package; its list of ours is the arrow table of docs/architecture.md.
func target(_ name: String, _ ours: [String], _ others: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: ours.map { .byName(name: $0) } + others, swiftSettings: settings)
}

func tests(_ name: String, _ ours: [String], _ others: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name,
        dependencies: ours.map { .byName(name: $0) } + others,
        swiftSettings: settings
    )
}

let package = Package(
    name: "rekey",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "WSSecurity", targets: ["WSSecurity"]),
        .executable(name: "rekey", targets: ["rekey"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.3"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The message-security engine.
        target("XML", []),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        target(
            "Cryptography",
            ["COpenSSL"],
            [.product(name: "X509", package: "swift-certificates"), .product(name: "SwiftASN1", package: "swift-asn1")]
        ),
        target("XMLSignature", ["XML", "Cryptography"]),
        target("XMLEncryption", ["XML", "Cryptography", "XMLSignature"]),
        target("WSSecurity", ["XML", "Cryptography", "XMLSignature", "XMLEncryption"]),

        // The tenant.
        target("Timekeeping", []),
        target("Keystore", ["Cryptography", "Timekeeping"]),
        .systemLibrary(name: "CPKCS11", providers: [.apt(["libp11-kit-dev"])]),
        target("PKCS11", ["CPKCS11", "Cryptography", "Keystore"]),
        target("Renewal", ["Keystore", "Timekeeping"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        target(
            "Messaging",
            ["CZlib", "WSSecurity", "Cryptography", "Keystore", "Timekeeping"],
            [asyncHTTPClient, logging, nioCore, nioPosix, nioSSL, lifecycle, yams]
        ),
        target(
            "StoreSQLite",
            ["Keystore", "Renewal", "Messaging"],
            [.product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift")]
        ),

        target(
            "Informing",
            ["Renewal", "Messaging", "Keystore", "Cryptography", "Timekeeping"],
            [asyncHTTPClient, logging, nioCore, nioHTTP1, nioPosix, nioSSL, lifecycle]
        ),

        // The program.
        target("ManagementAPI", [], [asyncHTTPClient, nioCore, nioHTTP1, nioSSL]),
        target(
            "Server",
            ["ManagementAPI", "Informing", "Cryptography", "Keystore", "Renewal", "Messaging", "Timekeeping"],
            [hummingbird, httpTypes, logging, nioCore, nioHTTPTypes, nioSSL, lifecycle]
        ),
        target(
            "PartnerSystem",
            ["WSSecurity", "Timekeeping"],
            [asyncHTTPClient, httpTypes, hummingbird, logging, nioCore, nioHTTP1, lifecycle]
        ),
        .executableTarget(
            name: "rekey",
            dependencies: [
                "WSSecurity", "Keystore", "PKCS11", "Renewal", "Messaging", "StoreSQLite", "Informing", "ManagementAPI",
                "Server",
                "PartnerSystem", "Timekeeping", "Cryptography",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                asyncHTTPClient, logging, lifecycle, nioCore, nioPosix, unixSignals, yams,
            ],
            swiftSettings: settings
        ),

        // The example programs of Examples/, compiled here too, so that every build proves them.
        .target(
            name: "OrderSecurity",
            dependencies: ["WSSecurity"],
            path: "Examples/Sources/OrderSecurity",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "OrderService",
            dependencies: ["OrderSecurity", "WSSecurity", httpTypes, hummingbird, nioCore],
            path: "Examples/Sources/OrderService",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "OrderClient",
            dependencies: ["OrderSecurity", "WSSecurity", asyncHTTPClient, nioCore, nioHTTP1],
            path: "Examples/Sources/OrderClient",
            swiftSettings: settings
        ),

        // What tests share.
        .target(name: "TestSupport", dependencies: ["Timekeeping"], path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "StoreConformance",
            dependencies: ["Keystore", "Renewal", "Messaging", "TestSupport", "Cryptography", "Timekeeping"],
            path: "Tests/StoreConformance",
            swiftSettings: settings
        ),

        tests("XMLTests", ["XML", "TestSupport"]),
        tests("CryptographyTests", ["Cryptography", "COpenSSL", "TestSupport"]),
        tests(
            "WSSecurityTests",
            ["WSSecurity", "XML", "Cryptography", "XMLSignature", "XMLEncryption", "TestSupport"]
        ),
        // What fuzzing runs, and the test that replays what it found.
        .target(
            name: "FuzzTargets",
            dependencies: ["WSSecurity", "XML", "Cryptography", "XMLSignature", "XMLEncryption", "TestSupport"],
            path: "Fuzz/Targets",
            swiftSettings: settings
        ),
        tests("FuzzTests", ["FuzzTargets", "TestSupport"]),

        tests("KeystoreTests", ["Keystore", "Cryptography", "Timekeeping", "TestSupport"]),
        tests(
            "PKCS11Tests",
            [
                "PKCS11", "CPKCS11", "WSSecurity", "XMLEncryption", "Keystore", "Renewal", "StoreSQLite",
                "Cryptography", "Timekeeping",
                "TestSupport",
            ]
        ),
        tests(
            "RenewalTests",
            ["Renewal", "Messaging", "Keystore", "Cryptography", "StoreSQLite", "Timekeeping", "TestSupport"]
        ),
        tests(
            "MessagingTests",
            [
                "Messaging", "WSSecurity", "Keystore", "Cryptography", "Renewal", "StoreSQLite", "Timekeeping",
                "TestSupport",
            ],
            [
                hummingbird, hummingbirdTLS, httpTypes, asyncHTTPClient, lifecycle, logging, nioCore, nioEmbedded,
                nioSSL, .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        tests(
            "StoreSQLiteTests",
            ["StoreSQLite", "StoreConformance", "Keystore", "Messaging", "Renewal", "Cryptography"],
            [.product(name: "GRDB", package: "GRDB.swift")]
        ),
        tests(
            "InformingTests",
            [
                "Informing", "Messaging", "Renewal", "StoreSQLite", "Keystore", "Cryptography", "Timekeeping",
                "TestSupport",
            ],
            [hummingbird, asyncHTTPClient, httpTypes, lifecycle, logging, nioCore, nioPosix, nioSSL]
        ),
        tests(
            "ServerTests",
            [
                "Server", "Informing", "ManagementAPI", "Messaging", "Renewal", "StoreSQLite", "WSSecurity", "Keystore",
                "Cryptography", "Timekeeping", "TestSupport",
            ],
            [
                hummingbird, httpTypes, asyncHTTPClient, logging, nioCore, nioEmbedded, nioHTTP1, nioHTTPTypes,
                nioPosix,
                nioSSL, lifecycle, .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        tests(
            "PartnerSystemTests",
            ["PartnerSystem", "WSSecurity", "TestSupport", "Timekeeping"],
            [asyncHTTPClient, logging, lifecycle]
        ),
        tests(
            "RekeyTests",
            ["rekey", "Keystore", "StoreSQLite", "TestSupport"],
            [.product(name: "GRDB", package: "GRDB.swift")]
        ),
        // The built program among faults: killed, without space, between partners that fail.
        tests(
            "FaultTests",
            ["rekey", "ManagementAPI", "WSSecurity", "Cryptography", "Timekeeping", "TestSupport"],
            [asyncHTTPClient, nioCore, nioHTTP1, nioPosix, .product(name: "GRDB", package: "GRDB.swift")]
        ),
        tests("ExamplesTests", ["OrderClient", "OrderService"]),
        tests(
            "InteropTests",
            ["WSSecurity", "Cryptography", "ManagementAPI", "PartnerSystem", "TestSupport"],
            [asyncHTTPClient, nioCore, nioHTTP1]
        ),
    ]
)

// Set by scripts/bench keystore, which measures the tenant's store and what is built on it, and scripts/bench token.
if Context.environment["REKEY_BENCH"] != nil {
    package.targets.append(
        .executableTarget(
            name: "rekey-keystore-bench",
            dependencies: [
                "Cryptography", "Keystore", "Messaging", "Renewal", "StoreSQLite", "Server", "ManagementAPI",
                "Timekeeping", asyncHTTPClient, logging, lifecycle,
            ],
            path: "Benchmarks/Sources/KeystoreBench",
            swiftSettings: settings
        )
    )
    package.products.append(.executable(name: "rekey-keystore-bench", targets: ["rekey-keystore-bench"]))
    package.targets.append(
        .executableTarget(
            name: "rekey-token-bench",
            dependencies: ["Cryptography", "Keystore", "PKCS11"],
            path: "Benchmarks/Sources/TokenBench",
            swiftSettings: settings
        )
    )
    package.products.append(.executable(name: "rekey-token-bench", targets: ["rekey-token-bench"]))
}

// Set by scripts/timing, which measures the engine as it is.
if Context.environment["REKEY_TIMING"] != nil {
    package.targets.append(
        .executableTarget(
            name: "rekey-timing",
            dependencies: ["FuzzTargets", "WSSecurity", "Cryptography", "XMLEncryption"],
            path: "Fuzz/Timing",
            swiftSettings: settings
        )
    )
    package.products.append(.executable(name: "rekey-timing", targets: ["rekey-timing"]))
}

if isFuzzing {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Fuzz/CLibFuzzer"),
        .executableTarget(
            name: "rekey-fuzz",
            dependencies: ["FuzzTargets", "CLibFuzzer"],
            path: "Fuzz/Driver",
            swiftSettings: settings,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]
        ),
    ]
    package.products.append(.executable(name: "rekey-fuzz", targets: ["rekey-fuzz"]))
}
