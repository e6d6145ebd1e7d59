import Cryptography

/// What a function of PKCS #11 returned (section 5.1), other than that all is well.
struct ReturnValue: Hashable, Sendable {
    let code: UInt

    static let keyHandleInvalid = Self(code: 0x60)
    static let mechanismInvalid = Self(code: 0x70)
    static let objectHandleInvalid = Self(code: 0x82)
    static let sessionCount = Self(code: 0xB1)
    static let alreadyLoggedIn = Self(code: 0x100)
    static let notInitialized = Self(code: 0x190)
    static let alreadyInitialized = Self(code: 0x191)

    /// Whether the session, the login or the token went away: it is worth one more try, from the beginning.
    var isLoss: Bool {
        switch code {
        case 0x30, 0x32, 0x60, 0x82, 0xB0, 0xB3, 0xE0, 0xE1, 0x101, 0x190, 0x03: true
        default: false
        }
    }

    /// Whether the PIN was refused: no further try, for each brings the token nearer to locking it.
    var isRefusedPIN: Bool {
        switch code {
        case 0xA0...0xA4, 0x102: true
        default: false
        }
    }

    /// Whether the token, or the key there, cannot do this at all, whatever the octets.
    var isUnable: Bool {
        switch code {
        case 0x54, 0x63, 0x68, 0x70, 0x71: true
        default: false
        }
    }

    /// Whether the token does not take such an object, whatever its label and id.
    var isRefusedObject: Bool {
        switch code {
        case 0x10, 0x12, 0x13, 0x1B, 0x54, 0x62, 0x63, 0x68, 0xD0, 0xD1, 0x140: true
        default: false
        }
    }

    /// Whether it says nothing about the octets that were to be computed with.
    var isAboutToken: Bool { isLoss || isRefusedPIN || isUnable || code == 0xB1 }

    private static let names: [UInt: String] = [
        0x02: "HOST_MEMORY", 0x03: "SLOT_ID_INVALID", 0x05: "GENERAL_ERROR", 0x06: "FUNCTION_FAILED",
        0x07: "ARGUMENTS_BAD", 0x10: "ATTRIBUTE_READ_ONLY", 0x11: "ATTRIBUTE_SENSITIVE",
        0x12: "ATTRIBUTE_TYPE_INVALID", 0x13: "ATTRIBUTE_VALUE_INVALID", 0x1B: "ACTION_PROHIBITED",
        0x20: "DATA_INVALID", 0x21: "DATA_LEN_RANGE", 0x30: "DEVICE_ERROR", 0x31: "DEVICE_MEMORY",
        0x32: "DEVICE_REMOVED", 0x40: "ENCRYPTED_DATA_INVALID", 0x41: "ENCRYPTED_DATA_LEN_RANGE",
        0x54: "FUNCTION_NOT_SUPPORTED", 0x60: "KEY_HANDLE_INVALID", 0x62: "KEY_SIZE_RANGE",
        0x63: "KEY_TYPE_INCONSISTENT", 0x68: "KEY_FUNCTION_NOT_PERMITTED", 0x70: "MECHANISM_INVALID",
        0x71: "MECHANISM_PARAM_INVALID", 0x82: "OBJECT_HANDLE_INVALID", 0x90: "OPERATION_ACTIVE",
        0x91: "OPERATION_NOT_INITIALIZED", 0xA0: "PIN_INCORRECT", 0xA1: "PIN_INVALID", 0xA2: "PIN_LEN_RANGE",
        0xA3: "PIN_EXPIRED", 0xA4: "PIN_LOCKED", 0xB0: "SESSION_CLOSED", 0xB1: "SESSION_COUNT",
        0xB3: "SESSION_HANDLE_INVALID", 0xB5: "SESSION_READ_ONLY", 0xD0: "TEMPLATE_INCOMPLETE",
        0xD1: "TEMPLATE_INCONSISTENT", 0xE0: "TOKEN_NOT_PRESENT", 0xE1: "TOKEN_NOT_RECOGNIZED",
        0xE2: "TOKEN_WRITE_PROTECTED", 0x100: "USER_ALREADY_LOGGED_IN", 0x101: "USER_NOT_LOGGED_IN",
        0x102: "USER_PIN_NOT_INITIALIZED", 0x140: "CURVE_NOT_SUPPORTED", 0x150: "BUFFER_TOO_SMALL",
        0x190: "CRYPTOKI_NOT_INITIALIZED", 0x191: "CRYPTOKI_ALREADY_INITIALIZED",
    ]

    private var mend: String {
        switch code {
        case 0x05, 0x06: ": the module says no more; look into its own log"
        case 0xA0, 0xA1, 0xA2:
            ": the PIN is wrong; put the right one into its place and start again (no further try is made, so that the token "
                + "does not lock)"
        case 0xA3: ": the PIN has expired; set a new one by the token's own tool"
        case 0xA4: ": the PIN is locked; have the token's security officer set a new one"
        case 0x102: ": the token has no PIN yet; initialize it by its own tool"
        case 0xB1: ": the token gives no more sessions; lower `sessions` of the token, or raise its limit"
        case 0xB5, 0xE2: ": the token is write-protected; have that taken off by its own tool, or name another token"
        case 0x31: ": the token is full; have what nobody needs erased by its own tool, or name another token"
        default: isLoss ? ": the token went away; bring it back" : ""
        }
    }
}

extension ReturnValue: CustomStringConvertible {
    /// The standard's name with what mends it, such as `CKR_PIN_LOCKED: …`.
    var description: String {
        let name = Self.names[code] ?? "0x\(String(code, radix: 16, uppercase: true))"
        return "CKR_\(name)\(mend)"
    }
}
