import HTTPTypes
import Hummingbird
import Keystore
import Messaging
import Renewal

extension Refusal {
    /// What the API answers to an error of any part; an unknown one is `failed` and says nothing of its cause.
    init(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case let error as KeystoreError: self.init(error)
        case let error as RenewalRefusal: self.init(error)
        case let error as DeploymentError:
            self.init(error)
        case let error as KeyRenameError: self.init(error)
        case let error as MessageError: self.init(error)
        case let error as FlowError: self.init(.flowRefused, error.description, remedy: error.mend)
        case let error as any HTTPResponseError: self.init(error)
        default:
            self.init(.failed, "the system failed; its log says why", remedy: "tell the operator of the tenant")
        }
    }

    private init(_ error: any HTTPResponseError) {
        switch error.status {
        case .notFound: self = .notFound("such resource")
        case .contentTooLarge:
            self.init(.tooLarge, "the request is larger than allowed", remedy: "send less at once")
        default: self = .malformed("\(error)", remedy: "mend the request")
        }
    }

    private init(_ error: DeploymentError) {
        switch error {
        case .unknownFlow(let flow): self = .notFound("flow \(flow)")
        default: self.init(.flowRefused, error.cause, remedy: error.mend)
        }
    }

    private init(_ error: KeyRenameError) {
        self.init(.notAllowedNow, domainCode: error.code, error.cause, remedy: error.mend)
    }

    private init(_ error: MessageError) {
        let code: RefusalCode = if case .unknownMessage = error { .notFound } else { .notAllowedNow }
        self.init(code, error.description, remedy: error.mend)
    }

    private init(_ error: RenewalRefusal) {
        let code: RefusalCode =
            switch error.code {
            case .unknown: .notFound
            case .wrongRole: .wrongRole
            case .wrongOrganisation: .wrongOrganisation
            case .samePerson: .secondPersonNeeded
            case .badInput: .malformedRequest
            case .notPlannable, .unknownCapability, .keystore: .keyRefused
            case .notOpen, .guardNotSatisfied, .tooEarly, .notClaimable, .wrongState, .renewalInProgress:
                .renewalRefused
            }
        self.init(code, domainCode: error.code.rawValue, error.reason, remedy: error.remedy)
    }

    private init(_ error: KeystoreError) {
        let code: RefusalCode =
            switch error {
            case .unknownAlias, .renamed, .unknownVersion, .unknownExport: .notFound
            case .invalidName, .invalidFingerprint: .malformedRequest
            case .secondPersonNeeded: .secondPersonNeeded
            case .retained, .exportRefused, .transitionRefused, .nothingToRollBack, .notOnTrial, .noActiveVersion,
                .inUse:
                .notAllowedNow
            case .masterKey, .sealBroken: .failed
            default: .keyRefused
            }
        self.init(code, domainCode: error.code, error.description, remedy: error.remedy)
    }
}
