// swift-tools-version: 6.2
import PackageDescription

// A path dependency is known by the name of its folder.
let folders = Context.packageDirectory.split(separator: "/").map(String.init)
let engine = folders[folders.count - 2].lowercased()
let engineName = String(engine.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    // The XML-alone row measures what the engine shows to its own package; packageAccess is off to let this name stand.
    .unsafeFlags(["-package-name", engineName]),
]

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(path: "..")],
    targets: [
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "CLimit", dependencies: ["CLibXML2"], linkerSettings: [.linkedLibrary("crypto")]),
        .executableTarget(
            name: "EngineBench",
            dependencies: ["CLimit", .product(name: "WSSecurity", package: engine)],
            packageAccess: false,
            swiftSettings: settings
        ),
    ]
)
