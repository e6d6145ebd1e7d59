import CPKCS11
import Cryptography
import Foundation
import Keystore
import PKCS11
import Testing

extension TokenTests {
    @Suite struct TokenLossTests {
        private let soft: SoftToken

        init() throws { soft = try SoftToken() }

        /// What `body` was refused for.
        private func cause(_ body: () throws -> Void) throws -> String {
            do {
                try body()
            } catch let error as CryptographyError {
                return error.description
            }
            Issue.record("nothing was refused")
            return ""
        }

        @Test func `a wrong PIN is told with its mend, and is not tried again`() throws {
            let token = try soft.token(pin: "wrong")
            for _ in 0..<3 {
                let cause = try cause { _ = try token.generate(.p256, label: "key") }
                #expect(cause.contains("C_Login returned CKR_PIN_INCORRECT: the PIN is wrong"), "\(cause)")
                #expect(!cause.contains("'wrong'"))
            }
        }

        @Test func `a module that is missing, or none, and a token that is not there are told`() throws {
            let missing = try soft.token(module: "/usr/lib/no-such-module.so")
            let missed = try cause { try missing.reach() }
            #expect(missed.contains("the module cannot be loaded"), "\(missed)")
            let other = try soft.token(module: "/lib/x86_64-linux-gnu/libm.so.6")
            let text = try cause { try other.reach() }
            #expect(text.contains("no PKCS#11 module") || text.contains("cannot be loaded"), "\(text)")
            let absent = try soft.token(label: "no such token")
            let gone = try cause { try absent.reach() }
            #expect(gone.contains("there is no token with the label 'no such token'"), "\(gone)")
        }

        @Test func `sessions that others close are opened again`() throws {
            let token = try soft.token()
            let key = try token.privateKey(token.generate(.p256, label: "key"))
            let functions = try SoftToken.functions()
            for _ in 0..<3 {
                let slot = try soft.slot()
                try SoftToken.check(functions.C_CloseAllSessions?(slot))
                let signature = try key.sign([1], by: .ecdsa(.sha256))
                #expect(key.publicKey.verify(signature, over: [1], by: .ecdsa(.sha256)))
            }
        }

        @Test func `a module that others finalize is initialized again, with login and key`() throws {
            let token = try soft.token()
            let key = try token.privateKey(token.generate(.p256, label: "key"))
            let functions = try SoftToken.functions()
            try SoftToken.check(functions.C_Finalize?(nil))
            let signature = try key.sign([1], by: .ecdsa(.sha256))
            #expect(key.publicKey.verify(signature, over: [1], by: .ecdsa(.sha256)))
        }

        @Test func `a key that was erased in the token by others is told`() throws {
            let token = try soft.token()
            let made = try token.generate(.p256, label: "key")
            try soft.token().erase(made)
            let cause = try cause { _ = try token.privateKey(made).sign([1], by: .ecdsa(.sha256)) }
            #expect(cause.contains("the key is not there any more"), "\(cause)")
        }

        @Test func `a token that vanished is told, and signs again when it is back`() throws {
            let token = try soft.token()
            let key = try token.privateKey(token.generate(.p256, label: "key"))
            _ = try key.sign([1], by: .ecdsa(.sha256))
            let away = try soft.takeAway()
            let cause = try cause { _ = try key.sign([1], by: .ecdsa(.sha256)) }
            #expect(cause.contains("there is no token with the label"), "\(cause)")
            try away.bringBack()
            let signature = try key.sign([1], by: .ecdsa(.sha256))
            #expect(key.publicKey.verify(signature, over: [1], by: .ecdsa(.sha256)))
        }
    }
}
