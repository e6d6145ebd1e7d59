import CPKCS11
import Cryptography
import Foundation
import Keystore
import PKCS11
import Testing

/// A SoftHSM token of this test's own, in the one folder of tokens that this process has.
final class SoftToken: Sendable {
    /// Where Debian and others have the module.
    static let module: String? = [
        "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so",
    ]
    .first { FileManager.default.fileExists(atPath: $0) }

    /// Whether the tests are to run: SoftHSM is there, or must be.
    static let isWanted = module != nil || ProcessInfo.processInfo.environment["CI"] != nil
    /// Why the tests are skipped.
    static let absence = "SoftHSM is missing; scripts/setup test installs it"
    /// The PIN of every token.
    static let pin = "a pin of 2468"

    /// The folder of all tokens; SoftHSM reads its place once in a process.
    private static let folder: URL = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-softhsm-\(UUID().uuidString)")
        let tokens = folder.appending(path: "tokens")
        try? FileManager.default.createDirectory(at: tokens, withIntermediateDirectories: true)
        let configuration = folder.appending(path: "softhsm2.conf")
        let text = "directories.tokendir = \(tokens.path)\nobjectstore.backend = file\nlog.level = ERROR\n"
        try? text.write(to: configuration, atomically: true, encoding: .utf8)
        setenv("SOFTHSM2_CONF", configuration.path, 1)
        return folder
    }()

    let label: String
    let name: TokenName

    /// Makes and initializes a token, in the slot that SoftHSM keeps free for the next one.
    init() throws {
        label = "test-\(UUID().uuidString.prefix(13).lowercased())"
        name = try TokenName("hsm")
        let functions = try Self.functions()
        let slot = try #require(Self.slots().last)
        var (officer, pin) = (Array("security officer".utf8), Array(Self.pin.utf8))
        var padded = Array(label.utf8) + [UInt8](repeating: 0x20, count: 32 - label.utf8.count)
        try SoftToken.check(functions.C_InitToken?(slot, &officer, UInt(officer.count), &padded))
        var session: UInt = 0
        try SoftToken.check(functions.C_OpenSession?(slot, 6, nil, nil, &session))
        try SoftToken.check(functions.C_Login?(session, 0, &officer, UInt(officer.count)))
        try SoftToken.check(functions.C_InitPIN?(session, &pin, UInt(pin.count)))
        try SoftToken.check(functions.C_Logout?(session))
        try SoftToken.check(functions.C_CloseSession?(session))
    }

    /// How many objects are in the token.
    func objectCount() throws -> Int {
        let (functions, session) = try logIn()
        defer { _ = functions.C_CloseSession?(session) }
        try SoftToken.check(functions.C_FindObjectsInit?(session, nil, 0))
        var objects = [UInt](repeating: 0, count: 100)
        var count: UInt = 0
        try SoftToken.check(functions.C_FindObjects?(session, &objects, 100, &count))
        _ = functions.C_FindObjectsFinal?(session)
        return Int(count)
    }

    /// A session of the token's user, which the caller closes.
    func logIn() throws -> (functions: ck_function_list, session: UInt) {
        let functions = try Self.functions()
        var session: UInt = 0
        try SoftToken.check(functions.C_OpenSession?(slot(), 6, nil, nil, &session))
        var pin = Array(Self.pin.utf8)
        _ = functions.C_Login?(session, 1, &pin, UInt(pin.count))
        return (functions, session)
    }

    /// The way to the token.
    func token(pin: String = pin, module: String? = nil, label: String? = nil, sessions: Int = 4) throws -> Token {
        let own = try #require(Self.module)
        return Token(
            TokenSettings(
                name: name,
                module: module ?? own,
                choice: .label(label ?? self.label),
                pin: SecretKey(copying: Array(pin.utf8)),
                sessionLimit: sessions
            )
        )
    }

    /// Records a function that did not do what a test needs.
    static func check(_ value: ck_rv_t?, _ location: SourceLocation = #_sourceLocation) throws {
        let isDone = value == 0
        try #require(isDone, "\(value ?? 0)", sourceLocation: location)
    }

    /// The module's functions, initialized, to do to it what others may do.
    static func functions() throws -> ck_function_list {
        _ = folder
        let path: String = try #require(module, "\(absence)")
        let library = dlopen(path, RTLD_NOW)
        let symbol = try #require(dlsym(library, "C_GetFunctionList"))
        typealias Function =
            @convention(c) (UnsafeMutablePointer<UnsafeMutablePointer<ck_function_list>?>) -> ck_rv_t
        var functions: UnsafeMutablePointer<ck_function_list>?
        _ = unsafeBitCast(symbol, to: Function.self)(&functions)
        let list = try #require(functions).pointee
        var arguments = ck_c_initialize_args()
        arguments.flags = 2
        _ = list.C_Initialize?(&arguments)
        return list
    }

    /// The slots of all tokens, and last the free one.
    private static func slots() throws -> [UInt] {
        let functions = try functions()
        var count: UInt = 0
        _ = functions.C_GetSlotList?(1, nil, &count)
        var slots = [UInt](repeating: 0, count: Int(count))
        _ = functions.C_GetSlotList?(1, &slots, &count)
        return slots
    }

    /// The slot of this token.
    func slot() throws -> UInt {
        let functions = try Self.functions()
        return try #require(
            Self.slots()
                .first { slot in
                    var information = ck_token_info()
                    _ = functions.C_GetTokenInfo?(slot, &information)
                    let text = withUnsafeBytes(of: information.label) { String(decoding: $0, as: UTF8.self) }
                    return text.hasPrefix(label)
                }
        )
    }
}

extension SoftToken {
    /// A token that is not in its slot.
    struct Absence {
        let folder: URL
        let place: URL

        /// Puts it back; the module looks for tokens when it is initialized.
        func bringBack() throws {
            try FileManager.default.moveItem(at: place, to: folder)
            _ = try SoftToken.functions().C_Finalize?(nil)
        }
    }

    /// Takes the token out, as somebody who pulls a card.
    func takeAway() throws -> Absence {
        let absence = try takeFilesAway()
        _ = try Self.functions().C_Finalize?(nil)
        return absence
    }

    /// Takes the token's files alone away: it stays in its slot, and can store nothing.
    func takeFilesAway() throws -> Absence {
        let tokens = Self.folder.appending(path: "tokens")
        let folders = try FileManager.default.contentsOfDirectory(at: tokens, includingPropertiesForKeys: nil)
        let own = try #require(
            folders.first { folder in
                let octets = (try? Data(contentsOf: folder.appending(path: "token.object"))) ?? Data()
                return octets.range(of: Data(label.utf8)) != nil
            }
        )
        let place = Self.folder.appending(path: own.lastPathComponent)
        try FileManager.default.moveItem(at: own, to: place)
        return Absence(folder: own, place: place)
    }
}
