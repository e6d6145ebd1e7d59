import Cryptography
import XML

/// A form that the signed element may have had, made on demand.
struct ChangeHypothesis {
    let cause: ChangeCause
    let detail: String?
    /// The canonical form under this hypothesis; `nil` when it does not apply.
    let form: () -> [UInt8]?

    init(_ cause: ChangeCause, _ detail: String? = nil, form: @escaping () -> [UInt8]?) {
        self.cause = cause
        self.detail = detail
        self.form = form
    }

    /// The forms worth trying for `subject`, the likeliest first.
    static func list(for subject: CanonicalSubject) -> [ChangeHypothesis] {
        WhiteSpaceHypotheses.list(subject) + OctetHypotheses.list(subject)
            + CanonicalizationHypotheses.list(subject) + NamespaceHypotheses.list(subject)
            + AttributeHypotheses.list(subject)
    }

    /// The first hypothesis whose form `isSigned` confirms.
    static func explanation(
        of subject: CanonicalSubject,
        isSigned: ([UInt8]) -> Bool
    ) -> ChangeExplanation? {
        var tried: Set<[UInt8]> = [DigestAlgorithm.sha256.digest(of: subject.octets)]
        for hypothesis in list(for: subject) {
            guard let form = hypothesis.form(),
                tried.insert(DigestAlgorithm.sha256.digest(of: form)).inserted, isSigned(form)
            else { continue }
            return ChangeExplanation(cause: hypothesis.cause, detail: hypothesis.detail, signedForm: form)
        }
        return nil
    }
}
