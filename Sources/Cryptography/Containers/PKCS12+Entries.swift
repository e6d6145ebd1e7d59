extension PKCS12.Bags {
    /// Keys with their certificates, then the certificates that are nobody's, in the order of the container.
    func entries() -> [KeyFile.Entry] {
        let read = certificates.map { bag in (bag: bag, outcome: Self.read(bag.der)) }
        let known = read.compactMap { try? $0.outcome.get() }
        var used: Set<Cryptography.Certificate> = []
        var entries: [KeyFile.Entry] = keys.map { bag in
            let entry = Self.entry(bag, among: read)
            if case .pair(_, let chain) = entry.content { used.formUnion(chain) }
            return entry
        }
        for (bag, outcome) in read {
            switch outcome {
            case .success(let certificate):
                let isAbove = known.contains { $0 != certificate && $0.issuerDER == certificate.subjectDER }
                // Java names the certificates above a pair's as well.
                guard !used.contains(certificate), bag.name != nil || !isAbove else { continue }
                let chain = Cryptography.Certificate.chain(from: certificate, among: known)
                entries.append(KeyFile.Entry(name: bag.name, content: .certificates(chain)))
            case .failure(let error): entries.append(KeyFile.Entry(name: bag.name, content: .unreadable(error)))
            }
        }
        return entries + others
    }

    private typealias Read = (bag: Certificate, outcome: Result<Cryptography.Certificate, CryptographyError>)

    private static func read(_ der: [UInt8]) -> Result<Cryptography.Certificate, CryptographyError> {
        do throws(CryptographyError) {
            return .success(try Cryptography.Certificate(der: der))
        } catch {
            return .failure(error)
        }
    }

    private static func entry(_ bag: Key, among certificates: [Read]) -> KeyFile.Entry {
        do throws(CryptographyError) {
            let key = try bag.info.withSecret { info throws(CryptographyError) in try PrivateKey(pkcs8: info) }
            let own = certificates.filter { (try? $0.outcome.get())?.publicKey == key.publicKey }
            // A renewed certificate is for the same key: the container says which one it pairs.
            let paired = own.first { $0.bag.localKeyID != nil && $0.bag.localKeyID == bag.localKeyID } ?? own.first
            let name = bag.name ?? paired?.bag.name
            guard let leaf = try? paired?.outcome.get() else { return KeyFile.Entry(name: name, content: .key(key)) }
            let chain = Cryptography.Certificate.chain(
                from: leaf,
                among: certificates.compactMap { try? $0.outcome.get() }
            )
            return KeyFile.Entry(name: name, content: .pair(key, chain: chain))
        } catch {
            return KeyFile.Entry(name: bag.name, content: .unreadable(error))
        }
    }
}
