import WSSecurity

/// What a request must be before its security is looked at.
struct InboundForm {
    let flow: IntegrationFlow
    let octetLimit: Int

    /// The message that came in under `contentType`, taken apart.
    func read(_ body: Payload, _ contentType: String) -> Result<MessageEntity, FormRefusal> {
        let version = flow.sender.soapVersion
        let limit = flow.sender.octetLimit(octetLimit)
        guard body.octetCount <= limit else { return .failure(FormRefusal(BodyError.tooLarge(limit: limit))) }
        let essence = MediaType.essence(contentType)
        guard essence == version.mediaType || essence == MediaType.related else {
            return .failure(.wrongMediaType(version))
        }
        guard MediaType.isReadable(contentType) else { return .failure(.unreadableCharset) }
        do {
            let entity = try MessageEntity(body, contentType: contentType)
            if let frame = entity.frame, frame.version != version { return .failure(.wrongMediaType(version)) }
            return .success(entity)
        } catch let error as MIMEError {
            return .failure(FormRefusal(error))
        } catch let error as LargeMessageError {
            return .failure(FormRefusal(BodyError.file(error)))
        } catch {
            return .failure(FormRefusal(MIMEError.malformed("\(type(of: error))")))
        }
    }
}

extension SenderChannel {
    /// The most octets of a request, when the tenant allows `limit`.
    func octetLimit(_ limit: Int) -> Int { min(request.octetLimit ?? limit, limit) }
}
