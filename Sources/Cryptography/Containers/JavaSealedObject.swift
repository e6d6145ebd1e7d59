/// The one form in which Java serializes the secret key of a JCEKS entry, so that its end is known: nothing of it is taken.
///
/// A `com.sun.crypto.provider.SealedObjectForKeyProtector` in the stream of the Java Object Serialization Specification, section
/// 6: two arrays of octets and two names after a head that never changes.
enum JavaSealedObject {
    /// Stream, class, its superclass with four fields, and the class of the first array, up to its length.
    static let head: [UInt8] =
        [0xAC, 0xED, 0x00, 0x05, object, classDescription]
        + text("com.sun.crypto.provider.SealedObjectForKeyProtector")
        + [0xCD, 0x57, 0xCA, 0x59, 0xE7, 0x30, 0xBB, 0x53, 0x02, 0x00, 0x00, end, classDescription]
        + text("javax.crypto.SealedObject")
        + [0x3E, 0x36, 0x3D, 0xA6, 0xC3, 0xB7, 0x54, 0x70, 0x02, 0x00, 0x04]
        + [0x5B] + text("encodedParams") + [string] + text("[B")
        + [0x5B] + text("encryptedContent") + [reference, 0x00, 0x7E, 0x00, 0x02]
        + [0x4C] + text("paramsAlg") + [string] + text("Ljava/lang/String;")
        + [0x4C] + text("sealAlg") + [reference, 0x00, 0x7E, 0x00, 0x03]
        + [end, none, array, classDescription] + text("[B")
        + [0xAC, 0xF3, 0x17, 0xF8, 0x06, 0x08, 0x54, 0xE0, 0x02, 0x00, 0x00, end, none]
    /// The second array, of the first one's class, up to its length.
    static let secondArray: [UInt8] = [array, reference, 0x00, 0x7E, 0x00, 0x05]
    /// Before a name.
    static let string: UInt8 = 0x74
    /// Before the number of something that came already.
    static let reference: UInt8 = 0x71

    private static let none: UInt8 = 0x70
    private static let classDescription: UInt8 = 0x72
    private static let object: UInt8 = 0x73
    private static let array: UInt8 = 0x75
    private static let end: UInt8 = 0x78

    private static func text(_ text: String) -> [UInt8] { [0, UInt8(text.utf8.count)] + text.utf8 }
}
