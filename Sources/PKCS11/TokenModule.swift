import CPKCS11

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A PKCS#11 module: the library of a token's maker, loaded into this process.
///
/// It is never finalized or unloaded, as other tokens may use it.
/// `@unchecked Sendable`: the list of functions is not changed, and the module was told that several threads call it.
struct TokenModule: @unchecked Sendable {
    /// What it can do (PKCS #11 section 3.6).
    let functions: UnsafeMutablePointer<ck_function_list>

    private typealias GetFunctionList =
        @convention(c) (UnsafeMutablePointer<UnsafeMutablePointer<ck_function_list>?>) -> ck_rv_t

    /// Loads the library at `path` and initializes it; throws the cause.
    init(path: String) throws(TokenFault) {
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .refused("the module cannot be loaded: \(Self.loadingError()): name the maker's PKCS#11 library")
        }
        guard let symbol = dlsym(library, "C_GetFunctionList") else {
            throw .refused("\(path) is no PKCS#11 module: name the maker's PKCS#11 library")
        }
        var functions: UnsafeMutablePointer<ck_function_list>?
        try TokenFault.check("C_GetFunctionList", unsafeBitCast(symbol, to: GetFunctionList.self)(&functions))
        guard let functions else { throw .refused("\(path) has no PKCS#11 functions") }
        self.functions = functions
        try initialize()
    }

    /// Initializes the library for use by several threads, where nobody has (again, after somebody finalized it).
    func initialize() throws(TokenFault) {
        var arguments = ck_c_initialize_args()
        arguments.flags = Flags.osLocking
        let value = functions.pointee.C_Initialize?(&arguments)
        guard value != ReturnValue.alreadyInitialized.code else { return }
        try TokenFault.check("C_Initialize", value)
    }

    private static func loadingError() -> String {
        dlerror().map { String(cString: $0) } ?? "no reason given"
    }
}

/// Flags of PKCS #11, which are bits.
enum Flags {
    static let osLocking: UInt = 1 << 1
    static let readWriteSession: UInt = 1 << 1
    static let serialSession: UInt = 1 << 2
    static let finalTry: UInt = 1 << 17
    static let pinLocked: UInt = 1 << 18
}
