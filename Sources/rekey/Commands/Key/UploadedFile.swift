import Cryptography
import Foundation

/// A file of keys that is sent to the tenant, read here first: so that what is wrong with it is said with its name, and
/// its password is asked for where it is needed.
enum UploadedFile {
    /// The octets of the file and its password.
    static func read(
        _ path: String,
        _ options: PasswordOptions,
        _ entryPasswordFile: String?
    ) throws -> (octets: Data, password: String?) {
        let octets = try FileInput.octets(path)
        let given = try options.given()
        let entry = try FileInput.password(entryPasswordFile)
        do throws(CryptographyError) {
            _ = try KeyFile(octets, password: given, keyPassword: entry)
            return (Data(octets), given)
        } catch {
            guard given == nil, error.wantsPassword, let typed = PasswordPrompt.ask(for: path) else {
                throw Failure(reading: path, error, password: given)
            }
            return (Data(octets), typed)
        }
    }
}
