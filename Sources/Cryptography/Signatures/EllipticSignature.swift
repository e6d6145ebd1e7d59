import COpenSSL

/// The two forms of an ECDSA signature: DER (RFC 3279 section 2.2.3) and `r` and `s` in fixed width one after the other.
enum EllipticSignature {
    /// `r` and `s`, each in `width` octets, of a DER signature that libcrypto made.
    static func fixedWidth(der: [UInt8], width: Int) -> [UInt8]? {
        let signature = der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_ECDSA_SIG(nil, &position, buffer.count)
        }
        guard let signature else { return nil }
        defer { ECDSA_SIG_free(signature) }
        var octets = [UInt8](repeating: 0, count: 2 * width)
        let isWritten = octets.withUnsafeMutableBufferPointer { buffer in
            let count = Int32(width)
            return BN_bn2binpad(ECDSA_SIG_get0_r(signature), buffer.baseAddress, count) == count
                && BN_bn2binpad(ECDSA_SIG_get0_s(signature), buffer.baseAddress?.advanced(by: width), count) == count
        }
        return isWritten ? octets : nil
    }

    /// The DER form of `fixedWidth`, or `nil` when it is not exactly two times `width` octets.
    static func der(fixedWidth octets: [UInt8], width: Int) -> [UInt8]? {
        guard octets.count == 2 * width, let signature = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(signature) }
        let (r, s) = octets.withUnsafeBufferPointer { buffer in
            (
                BN_bin2bn(buffer.baseAddress, Int32(width), nil),
                BN_bin2bn(buffer.baseAddress?.advanced(by: width), Int32(width), nil)
            )
        }
        guard r != nil, s != nil, ECDSA_SIG_set0(signature, r, s) == 1 else {
            BN_free(r)
            BN_free(s)
            return nil
        }
        return [UInt8](unsafeUninitializedCapacity: 2 * width + 16) { buffer, initializedCount in
            var position = buffer.baseAddress
            initializedCount = Int(max(0, i2d_ECDSA_SIG(signature, &position)))
        }
    }
}
